package io.makolb.stats;

import java.util.function.Consumer;

/** The latest numbers, for everybody who shows some. Nobody reads counters from the kernel on their own. */
public interface Stats {

    /** The numbers of the last tick; one volatile read. {@link StatsSnapshot#NONE} before the first. */
    StatsSnapshot latest();

    /**
     * Calls a listener once per tick, on a thread that may block: the ticker does not wait for it. A listener that takes
     * longer than a tick misses the ticks in between; one that throws is not called again.
     *
     * @return ends the subscription; may be called from the listener, and more than once
     */
    Subscription subscribe(Consumer<StatsSnapshot> listener);

    /** A listener that is being called. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
