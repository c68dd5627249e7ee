package io.makolb.stats;

import java.util.function.Consumer;

/** Numbers that stay as they are until they are set. */
final class FixedStats implements Stats {

    private volatile StatsSnapshot latest;

    FixedStats(StatsSnapshot latest) {
        this.latest = latest;
    }

    void set(StatsSnapshot snapshot) {
        latest = snapshot;
    }

    @Override
    public StatsSnapshot latest() {
        return latest;
    }

    @Override
    public Subscription subscribe(Consumer<StatsSnapshot> listener) {
        throw new UnsupportedOperationException();
    }
}
