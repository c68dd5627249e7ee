package io.makolb.balancer;

import io.makolb.model.BulkKind;
import io.makolb.plane.Mortality;
import io.makolb.store.Commit;
import io.makolb.store.Document;
import io.makolb.store.Loaded;
import io.makolb.store.Past;
import io.makolb.store.RevisionEntry;
import io.makolb.store.Store;
import io.makolb.store.StoreFailure;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** A store whose disk fails on purpose, and whose process can die: from then on whoever calls it never returns, nothing is closed. */
public final class MortalStore implements Store {

    private final Store store;
    private final Deque<StoreFailure> before = new ConcurrentLinkedDeque<>();
    private final Deque<StoreFailure> after = new ConcurrentLinkedDeque<>();
    private volatile @Nullable StoreFailure unreadable;
    private final Mortality life = new Mortality();

    /** A store on another one, which works until it is broken. */
    public MortalStore(Store store) {
        this.store = store;
    }

    /** The next commit fails like this, without having written anything. */
    public void failCommit(StoreFailure failure) {
        before.add(failure);
    }

    /** The next commit fails like this, although all of it was written. */
    public void failAfterCommit(StoreFailure failure) {
        after.add(failure);
    }

    /** Every load fails like this from now on; null = they work again. */
    void failLoad(@Nullable StoreFailure failure) {
        unreadable = failure;
    }

    /** The life of the process that uses it. */
    Mortality life() {
        return life;
    }

    @Override
    public Loaded load() {
        StoreFailure failure = unreadable;
        if (failure != null) {
            throw failure;
        }
        return life.living(store::load);
    }

    @Override
    public long commit(Commit commit) {
        raise(before);
        long revision = life.living(() -> store.commit(commit));
        raise(after);
        return revision;
    }

    private static void raise(Deque<StoreFailure> failures) {
        StoreFailure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void prepare(Document.OfBulk document) {
        life.living(() -> store.prepare(document));
    }

    @Override
    public void forget(BulkKind<?> kind) {
        store.forget(kind);
    }

    @Override
    public void tidy() {
        life.living(store::tidy);
    }

    @Override
    public List<RevisionEntry> history(long before, int limit) {
        return store.history(before, limit);
    }

    @Override
    public Past past(long number) {
        return store.past(number);
    }

    @Override
    public void close() {
        life.living(store::close);
    }
}
