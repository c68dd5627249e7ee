package io.makolb.balancer;

import io.makolb.store.Commit;
import io.makolb.store.Loaded;
import io.makolb.store.RevisionEntry;
import io.makolb.store.Store;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A store whose process can die: from then on whoever calls it never returns, and nothing is closed. */
final class MortalStore implements Store {

    private final Store store;
    private volatile boolean dead;

    MortalStore(Store store) {
        this.store = store;
    }

    void kill() {
        dead = true;
    }

    private Store alive() {
        while (dead) {
            LockSupport.park(this);
        }
        return store;
    }

    @Override
    public Loaded load() {
        return alive().load();
    }

    @Override
    public long commit(Commit commit) {
        return alive().commit(commit);
    }

    @Override
    public List<RevisionEntry> history(long before, int limit) {
        return alive().history(before, limit);
    }

    @Override
    public void close() {
        alive().close();
    }
}
