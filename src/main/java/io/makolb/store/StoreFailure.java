package io.makolb.store;

import org.jspecify.annotations.Nullable;

/** The store did not do what it was asked. The message is a sentence; {@link #remedy()} says what helps. */
public abstract sealed class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private StoreFailure(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What the operator can do about it. */
    public String remedy() {
        return remedy;
    }

    /** Somebody else changed the store. Nothing was changed by this commit. */
    public static final class StaleRevision extends StoreFailure {
        private static final long serialVersionUID = 1L;

        StaleRevision(long expected, long found) {
            super(
                    "The store is at revision " + found + ", not " + expected + ": another process has written to it.",
                    "Let one Mako alone use this store.",
                    null);
        }
    }

    /** No space. Nothing was changed. */
    public static final class StoreFull extends StoreFailure {
        private static final long serialVersionUID = 1L;

        StoreFull(String message, String remedy, Throwable cause) {
            super(message, remedy, cause);
        }
    }

    /** It cannot be opened, read or written. Nothing was changed. */
    public static final class StoreUnavailable extends StoreFailure {
        private static final long serialVersionUID = 1L;

        StoreUnavailable(String message, String remedy, @Nullable Throwable cause) {
            super(message, remedy, cause);
        }
    }

    /** The commit may or may not have become durable. */
    public static final class OutcomeUnknown extends StoreFailure {
        private static final long serialVersionUID = 1L;

        OutcomeUnknown(String message, String remedy, @Nullable Throwable cause) {
            super(message, remedy, cause);
        }
    }
}
