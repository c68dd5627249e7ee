package io.makolb.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean for the operator. */
final class SqliteErrors {

    /** The low byte is the primary code, the rest narrows it down (sqlite.org/rescode.html). */
    private static final int PRIMARY = 0xff;

    private SqliteErrors() {}

    static boolean isFull(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    /** A statement made no sense, such as a rollback without a transaction; nothing is wrong with the file. */
    static boolean isMisuse(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_ERROR.code;
    }

    static StoreFailure.StoreFull full(Path path, SQLException e) {
        return new StoreFailure.StoreFull(
                "The store " + path + " has no space left: " + e.getMessage() + ".",
                "Free space on the file system of " + path + ".",
                e);
    }

    static StoreFailure.StoreUnavailable unavailable(Path path, String attempted, SQLException e) {
        return new StoreFailure.StoreUnavailable(
                "The store " + path + " cannot be " + attempted + ": " + e.getMessage() + ".", remedy(path, e), e);
    }

    static StoreFailure.OutcomeUnknown unknown(Path path, SQLException e) {
        return new StoreFailure.OutcomeUnknown(
                "Writing to the store " + path
                        + " failed in its last step, so nobody can tell whether the change is durable: "
                        + e.getMessage() + ".",
                "Read the resource before trying again, and check the disk.",
                e);
    }

    private static String remedy(Path path, SQLException e) {
        int primary = primary(e);
        if (primary == SQLiteErrorCode.SQLITE_READONLY.code || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return "Make " + path
                    + " and its directory writable for Mako, or set mako.store.path; the file system may be"
                    + " mounted read-only.";
        }
        if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "Another process holds a lock on it: end that process ('fuser " + path + "' shows it).";
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return "The file is damaged or no store: restore a backup, or move it away and adopt what the kernel holds.";
        }
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return "Free space on the file system of " + path + ".";
        }
        if (primary == SQLiteErrorCode.SQLITE_IOERR.code) {
            return "Check the disk ('dmesg'); Mako reads the store again before it accepts changes.";
        }
        return "Check that " + path + " is a file on a local disk that Mako may write, or set mako.store.path.";
    }

    private static int primary(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY : -1;
    }
}
