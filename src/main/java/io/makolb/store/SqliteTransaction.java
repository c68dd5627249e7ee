package io.makolb.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Transactions by hand: with auto-commit off, the driver begins the next one in the same breath as it commits the last, and so holds
 * the lock for ever.
 */
final class SqliteTransaction {

    private SqliteTransaction() {}

    /** Begins to write, which fails at once where writing is not possible. */
    static void begin(Connection connection) throws SQLException {
        execute(connection, "begin immediate");
    }

    /** From the first read on, this connection sees one state, whatever is committed meanwhile. */
    static void beginReading(Connection connection) throws SQLException {
        execute(connection, "begin");
    }

    static void commit(Connection connection) throws SQLException {
        execute(connection, "commit");
    }

    /** Makes sure that no transaction is open; SQLite has ended some by itself when they failed. */
    static void rollback(Connection connection) throws SQLException {
        try {
            execute(connection, "rollback");
        } catch (SQLException e) {
            if (!SqliteErrors.isMisuse(e)) {
                throw e;
            }
        }
    }

    /**
     * Writes everything from the log into the database and syncs both: what can be read may so far be in the kernel's cache alone,
     * which a failed fsync has marked as written.
     */
    static void settle(Connection connection) throws SQLException {
        execute(connection, "pragma wal_checkpoint(truncate)");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
