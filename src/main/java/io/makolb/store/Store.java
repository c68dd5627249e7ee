package io.makolb.store;

import io.makolb.model.BulkKind;
import java.util.List;

/**
 * Where the configuration survives. One owner at a time: {@link #load} and {@link #commit} belong to the writer, or to whom it leaves
 * its turn; {@link #history} and {@link #past} to anybody, whom the writer never waits for.
 */
public interface Store extends AutoCloseable {

    /**
     * Reads everything, opening the store if it is not open.
     *
     * @throws StoreFailure.StoreUnavailable it cannot be opened or read
     */
    Loaded load();

    /**
     * Makes a batch durable, whole or not at all.
     *
     * @return the store's revision afterwards, that of the batch's last entry
     * @throws StoreFailure.StaleRevision somebody else committed since; nothing was changed
     * @throws StoreFailure.StoreFull nothing was changed
     * @throws StoreFailure.StoreUnavailable nothing was changed; {@link #load} before the next commit
     * @throws StoreFailure.OutcomeUnknown nobody can tell; {@link #load} before the next commit
     */
    long commit(Commit commit);

    /**
     * Writes what a large document needs, where nobody sees it, while others commit; a commit with this document is short then.
     * What was prepared is of no use once the store is loaded again.
     *
     * @throws StoreFailure.StoreFull nothing was changed
     * @throws StoreFailure.StoreUnavailable nothing was changed
     */
    void prepare(Document.OfBulk document);

    /** What was prepared will not be committed. */
    void forget(BulkKind<?> kind);

    /**
     * Removes what documents have left that were replaced or not committed. Others commit meanwhile.
     *
     * @throws StoreFailure.StoreUnavailable it goes on to take space
     */
    void tidy();

    /**
     * Past revisions, newest first.
     *
     * @param before only revisions with lower numbers; {@link Long#MAX_VALUE} = from the newest on
     * @param limit at most so many, 1 or more
     * @throws StoreFailure.StoreUnavailable they cannot be read
     */
    List<RevisionEntry> history(long before, int limit);

    /**
     * One revision with the configuration that it made.
     *
     * @throws StoreFailure.StoreUnavailable it cannot be read
     */
    Past past(long number);

    /** Lets go of the store. */
    @Override
    void close();
}
