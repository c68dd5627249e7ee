package io.makolb.balancer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets a state count only when it has lasted: whoever announces routes by it must not be set swinging by a loose plug. The first
 * state that is seen counts at once.
 */
final class HoldDown {

    /** How long a new state must last. */
    static final Duration HOLD = Duration.ofSeconds(3);

    private @Nullable Boolean counted;
    private boolean waiting;
    private long since;

    /**
     * Sees a state.
     *
     * @param nanos now, by a monotonic clock
     * @return the state that counts now
     */
    boolean see(boolean state, long nanos) {
        if (counted == null || counted == state) {
            counted = state;
            waiting = false;
        } else if (!waiting) {
            waiting = true;
            since = nanos;
        } else if (nanos - since >= HOLD.toNanos()) {
            counted = state;
            waiting = false;
        }
        return counted;
    }

    /** Nanoseconds until the state that was seen last counts; {@link Inbox#FOREVER} when it does. */
    long untilDue(long nanos) {
        return waiting ? Math.max(0, HOLD.toNanos() - (nanos - since)) : Inbox.FOREVER;
    }

    /** The next state counts at once: somebody wanted it. */
    void forget() {
        counted = null;
        waiting = false;
    }
}
