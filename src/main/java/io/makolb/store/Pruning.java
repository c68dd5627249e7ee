package io.makolb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes the oldest revisions, a few with every commit and in its transaction. A revision carries all that is needed to take it
 * back, so none that is kept ever needs one that is gone.
 */
final class Pruning {

    /** More than a commit adds, so that a smaller limit is reached in time. */
    private static final int ROWS_AHEAD = 64;

    /** Freeing what lies in overflow pages means to read them all; a commit waits for no more than this. */
    private static final long MOST_BYTES = 1 << 20;

    private final Retention retention;
    private long kept;

    Pruning(Retention retention) {
        this.retention = retention;
    }

    /** Counts what there is; before the first commit. */
    void count(Connection from) throws SQLException {
        try (PreparedStatement select = from.prepareStatement("select count(*) from revision");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            kept = rows.getLong(1);
        }
    }

    /**
     * Removes a piece, after the revisions of the commit were written.
     *
     * @return how many are there then; {@link #committed} once that is durable
     */
    long prune(Connection to, Commit commit) throws SQLException {
        if (commit.steps().isEmpty()) {
            return kept;
        }
        long left = kept + commit.steps().size();
        Instant newest = commit.steps().get(commit.steps().size() - 1).entry().at();
        Instant oldestWanted = retention.days() == 0 ? Instant.MIN : newest.minus(Duration.ofDays(retention.days()));
        String sql = "select number, at, octet_length(diff) + ifnull(octet_length(undo), 0) from revision"
                + " where number < ? order by number limit ?";
        long last = 0;
        try (PreparedStatement select = to.prepareStatement(sql)) {
            select.setLong(1, commit.revision());
            select.setInt(2, commit.steps().size() + ROWS_AHEAD);
            try (ResultSet rows = select.executeQuery()) {
                long bytes = 0;
                while (rows.next() && bytes < MOST_BYTES) {
                    boolean tooOld = Instant.parse(rows.getString(2)).isBefore(oldestWanted);
                    if (left <= retention.revisions() && !tooOld) {
                        break;
                    }
                    last = rows.getLong(1);
                    bytes += rows.getLong(3);
                    left--;
                }
            }
        }
        if (last > 0) {
            remove(to, last);
        }
        return left;
    }

    private static void remove(Connection to, long last) throws SQLException {
        try (PreparedStatement delete = to.prepareStatement("delete from revision where number <= ?")) {
            delete.setLong(1, last);
            delete.executeUpdate();
        }
        try (PreparedStatement update = to.prepareStatement("update store set pruned = ?")) {
            update.setLong(1, last);
            update.executeUpdate();
        }
    }

    void committed(long left) {
        kept = left;
    }
}
