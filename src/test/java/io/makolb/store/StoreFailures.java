package io.makolb.store;

/** Failures of a store, for tests above it. */
public final class StoreFailures {

    private StoreFailures() {}

    /** No space. */
    public static StoreFailure full() {
        return new StoreFailure.StoreFull("The disk is full.", "Free space.", new IllegalStateException("ENOSPC"));
    }

    /** Nothing was written. */
    public static StoreFailure unavailable() {
        return new StoreFailure.StoreUnavailable("The disk is gone.", "Bring it back.", null);
    }

    /** Nobody knows. */
    public static StoreFailure unknown() {
        return new StoreFailure.OutcomeUnknown("The last fsync failed.", "Check the disk.", null);
    }
}
