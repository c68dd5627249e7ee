package io.makolb.store;

import io.makolb.model.BulkKind;
import io.makolb.model.ResourceKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in one SQLite file. A commit has reached the disk when it returns: write-ahead log, {@code synchronous=FULL},
 * one fsync per commit.
 *
 * <p>After a failure that leaves the file in doubt, the connection is closed; only {@link #load} opens it again, because the
 * kernel may have dropped the pages of a failed fsync and what was in memory proves nothing.
 */
public final class SqliteStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    private final SqliteFile file;
    private final DocumentJson json = new DocumentJson();
    private final FormerJson formers = new FormerJson();
    private final SqliteHistory history;
    private final Pruning pruning;
    private final SqliteBulk bulk = new SqliteBulk();
    private @Nullable Connection connection;

    /** A write failed in a way that says nothing about what is on the disk. */
    private boolean doubted;

    /** A store in this file; nothing is opened before it is first loaded. */
    public SqliteStore(Path path, Retention retention) {
        this(new SqliteFile(path), retention);
    }

    SqliteStore(SqliteFile file, Retention retention) {
        this.file = file;
        this.history = new SqliteHistory(file, json, formers);
        this.pruning = new Pruning(retention);
    }

    @Override
    public synchronized Loaded load() {
        close();
        Connection opened = file.open();
        try {
            if (doubted) {
                SqliteTransaction.settle(opened);
            }
            Loaded loaded = SqliteContents.read(opened, json, bulk);
            pruning.count(opened);
            connection = opened;
            doubted = false;
            return loaded;
        } catch (SQLException e) {
            discard(opened, e);
            throw SqliteErrors.unavailable(file.path(), "read", e);
        } catch (RuntimeException e) {
            discard(opened, e);
            throw new StoreFailure.StoreUnavailable(
                    "The store " + file.path() + " holds something this Mako cannot read: " + e.getMessage() + ".",
                    "Restore a backup, or move the file away and adopt what the kernel holds.",
                    e);
        }
    }

    @Override
    public synchronized long commit(Commit commit) {
        Connection to = requireOpen();
        boolean committing = false;
        try {
            file.requirePresent();
            SqliteTransaction.begin(to);
            advance(to, commit);
            write(to, commit);
            long kept = pruning.prune(to, commit);
            committing = true;
            SqliteTransaction.commit(to);
            pruning.committed(kept);
            bulk.committed();
            return commit.revision();
        } catch (SQLException e) {
            throw failed(to, commit, committing, e);
        } catch (StoreFailure.StoreUnavailable e) {
            close();
            throw e;
        } catch (RuntimeException e) {
            rollback(to, e);
            throw e;
        }
    }

    private Connection requireOpen() {
        Connection to = connection;
        if (to == null) {
            throw new StoreFailure.StoreUnavailable(
                    "The store " + file.path() + " failed before and was not read again yet.",
                    "Wait until it was read again; the log says what it waits for.",
                    null);
        }
        return to;
    }

    private void advance(Connection to, Commit commit) throws SQLException {
        try (PreparedStatement update =
                to.prepareStatement("update store set revision = ? where revision = ? returning revision")) {
            update.setLong(1, commit.revision());
            update.setLong(2, commit.expectedRevision());
            try (ResultSet rows = update.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        throw new StoreFailure.StaleRevision(commit.expectedRevision(), revision(to));
    }

    private static long revision(Connection from) throws SQLException {
        try (PreparedStatement select = from.prepareStatement("select revision from store");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void write(Connection to, Commit commit) throws SQLException {
        try (PreparedStatement delete = to.prepareStatement("delete from document where kind = ? and id = ?")) {
            for (ResourceKey key : commit.deletes()) {
                DocumentJson.Place place = DocumentJson.place(key);
                delete.setString(1, place.kind());
                delete.setString(2, place.id());
                delete.executeUpdate();
            }
        }
        try (PreparedStatement put = to.prepareStatement("replace into document values (?, ?, ?, ?)")) {
            for (Document document : commit.puts()) {
                DocumentJson.Place place = DocumentJson.place(document.key());
                put.setString(1, place.kind());
                put.setString(2, place.id());
                put.setLong(3, document.tag());
                put.setString(4, body(to, document));
                put.executeUpdate();
            }
            if (commit.configFile().isPresent()) {
                put.setString(1, DocumentJson.CONFIG_FILE);
                put.setString(2, "");
                put.setLong(3, commit.revision());
                put.setString(4, json.writeConfigFile(commit.configFile().get()));
                put.executeUpdate();
            }
        }
        String sql = "insert into revision (number, at, author, message, diff, undo) values (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = to.prepareStatement(sql)) {
            for (Step step : commit.steps()) {
                RevisionEntry entry = step.entry();
                insert.setLong(1, entry.number());
                insert.setString(2, entry.at().toString());
                insert.setString(3, entry.author());
                insert.setString(4, entry.message());
                insert.setString(5, json.writeDiff(entry.diff()));
                insert.setString(6, formers.write(step.former()));
                insert.executeUpdate();
            }
        }
    }

    private String body(Connection to, Document document) throws SQLException {
        return document instanceof Document.OfBulk large
                ? json.writeBulk(new DocumentJson.BulkBody(
                        bulk.write(to, large), large.tags().usual()))
                : json.write(document);
    }

    @Override
    public void prepare(Document.OfBulk document) {
        long generation = begin(document);
        if (generation == SqliteBulk.NONE) {
            return;
        }
        List<ChunkRows.Row> rows = SqliteBulk.rows(document);
        for (int from = 0; from < rows.size(); from += SqliteBulk.PIECE) {
            List<ChunkRows.Row> piece = rows.subList(from, Math.min(rows.size(), from + SqliteBulk.PIECE));
            inTransaction(to -> {
                requirePreparing(document, generation);
                ChunkRows.write(to, document.kind(), generation, piece);
            });
        }
        synchronized (this) {
            requirePreparing(document, generation);
            bulk.ready(document);
        }
    }

    private synchronized long begin(Document.OfBulk document) {
        return bulk.isLarge(document) ? bulk.begin(document.kind()) : SqliteBulk.NONE;
    }

    /** The store may have been loaded again in between: then its rows are somebody else's, or nobody's. */
    private void requirePreparing(Document.OfBulk document, long generation) {
        if (bulk.preparing(document.kind()) != generation) {
            throw new StoreFailure.StoreUnavailable(
                    "The store " + file.path() + " was read again while a large change was being prepared.",
                    "Try again.",
                    null);
        }
    }

    @Override
    public void tidy() {
        for (BulkKind<?> kind : BulkKind.ALL) {
            boolean[] more = {true};
            while (more[0]) {
                inTransaction(to -> more[0] = ChunkRows.removeOthers(to, kind, bulk.needed(kind), SqliteBulk.PIECE));
            }
        }
    }

    @Override
    public synchronized void forget(BulkKind<?> kind) {
        bulk.forget(kind);
    }

    /** What is written to a transaction that no revision comes of. */
    @FunctionalInterface
    private interface Piece {
        void write(Connection to) throws SQLException;
    }

    /** Others commit between one of these and the next. */
    private synchronized void inTransaction(Piece piece) {
        Connection to = requireOpen();
        try {
            file.requirePresent();
            SqliteTransaction.begin(to);
            piece.write(to);
            SqliteTransaction.commit(to);
        } catch (SQLException e) {
            if (rollback(to, e) && SqliteErrors.isFull(e)) {
                throw SqliteErrors.full(file.path(), e);
            }
            throw SqliteErrors.unavailable(file.path(), "written", e);
        }
    }

    private StoreFailure failed(Connection to, Commit commit, boolean committing, SQLException e) {
        boolean clean = rollback(to, e);
        if (clean && SqliteErrors.isFull(e)) {
            return SqliteErrors.full(file.path(), e);
        }
        close();
        doubted = true;
        if (!committing || foundUnchanged(commit, e)) {
            return SqliteErrors.unavailable(file.path(), "written", e);
        }
        return SqliteErrors.unknown(file.path(), e);
    }

    /** Whether a fresh look at the file shows that a commit which failed in its last step has left nothing behind. */
    private boolean foundUnchanged(Commit commit, SQLException e) {
        try (Connection fresh = file.openForReading()) {
            return revision(fresh) == commit.expectedRevision();
        } catch (SQLException | StoreFailure looking) {
            e.addSuppressed(looking);
            return false;
        }
    }

    private boolean rollback(Connection to, Exception e) {
        bulk.rolledBack();
        try {
            SqliteTransaction.rollback(to);
            return true;
        } catch (SQLException again) {
            e.addSuppressed(again);
            return false;
        }
    }

    @Override
    public List<RevisionEntry> history(long before, int limit) {
        return history.page(before, limit);
    }

    @Override
    public Past past(long number) {
        return history.past(number);
    }

    @Override
    public synchronized void close() {
        Connection closing = connection;
        connection = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                LOG.warn("The store {} could not be closed cleanly: {}.", file.path(), e.getMessage());
            }
        }
    }

    private static void discard(Connection opened, Exception e) {
        try {
            opened.close();
        } catch (SQLException again) {
            e.addSuppressed(again);
        }
    }
}
