package io.makolb.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/** Opens the database file, creates it where there is none, and brings its tables up to date. */
final class SqliteFile {

    /** One script per version of the schema, in order; {@code PRAGMA user_version} counts those that ran. */
    private static final List<String> SCRIPTS =
            List.of("001-documents.sql", "002-history.sql", "003-entries.sql", "004-bulk.sql");

    /** Somebody may look at the file with the sqlite3 tool; a commit waits this long for such a lock. */
    private static final int BUSY_MILLIS = 1000;

    /** As large as SQLite allows. */
    private static final int UNLIMITED = -1;

    private final Path path;
    private final int maxPages;
    private Optional<Object> opened = Optional.empty();

    SqliteFile(Path path) {
        this(path, UNLIMITED);
    }

    /** VisibleForTesting: a file that is full at so many pages of 4 KiB. */
    SqliteFile(Path path, int maxPages) {
        this.path = path;
        this.maxPages = maxPages;
    }

    Path path() {
        return path;
    }

    /**
     * The connection of the writer, with the schema in place.
     *
     * @throws StoreFailure.StoreUnavailable with what the operator can do
     */
    Connection open() {
        createDirectory();
        try {
            return prepared(config().createConnection("jdbc:sqlite:" + path));
        } catch (SQLException e) {
            throw SqliteErrors.unavailable(path, "opened", e);
        }
    }

    /** A connection of its own for reading beside the writer. */
    Connection openForReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        if (maxPages != UNLIMITED) {
            config.setMaxPageCount(maxPages);
        }
        return config;
    }

    private void createDirectory() {
        Path directory = path.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StoreFailure.StoreUnavailable(
                    "The directory of the store, " + directory + ", cannot be created: " + e + ".",
                    "Create it and let Mako write there, or set mako.store.path to another place.",
                    e);
        }
    }

    private Connection prepared(Connection connection) throws SQLException {
        try {
            // SQLite opens a file it may not write without a word; beginning to write says so now and not at the first
            // change.
            SqliteTransaction.begin(connection);
            migrate(connection);
            SqliteTransaction.commit(connection);
            opened = identity();
            return connection;
        } catch (SQLException | RuntimeException e) {
            try (connection) {
                SqliteTransaction.rollback(connection);
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * Checks that the open file is still the one that stands there: what goes into a file without a name is lost at the next start.
     *
     * @throws StoreFailure.StoreUnavailable it was removed or replaced
     */
    void requirePresent() {
        if (!identity().equals(opened)) {
            throw new StoreFailure.StoreUnavailable(
                    "The store " + path + " was removed or replaced while Mako used it.",
                    "Put the file back and restart Mako, or adopt what the kernel holds.",
                    null);
        }
    }

    /** Device and inode; empty when there is no such file. */
    private Optional<Object> identity() {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailure.StoreUnavailable(
                    "The store " + path + " cannot be looked at: " + e + ".",
                    "Check the disk and the permissions of the directory.",
                    e);
        }
    }

    private void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = version(statement);
            if (version > SCRIPTS.size()) {
                throw new StoreFailure.StoreUnavailable(
                        "The store " + path + " has schema version " + version
                                + ", written by a newer Mako; this one knows " + SCRIPTS.size() + ".",
                        "Start the newer Mako, or set mako.store.path to another file.",
                        null);
            }
            boolean created = version == 0;
            for (; version < SCRIPTS.size(); version++) {
                statement.executeUpdate(script(SCRIPTS.get(version)));
                statement.executeUpdate("pragma user_version = " + (version + 1));
            }
            if (created) {
                statement.executeUpdate(
                        "insert into store (only, id, revision) values (1, '" + UUID.randomUUID() + "', 0)");
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("pragma user_version")) {
            return rows.getInt(1);
        }
    }

    private static String script(String name) {
        try (InputStream in = SqliteFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("script " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("script " + name + " cannot be read", e);
        }
    }
}
