package io.makolb.reference;

/** Section 9.3: so many events in a window that opens with the first event more than a second after the last one opened. */
final class RateLimit {

    private static final long WINDOW_NANOS = 1_000_000_000L;

    private final int limit;
    private long windowStart = Long.MIN_VALUE / 2;
    private int events;

    RateLimit(int limit) {
        this.limit = limit;
    }

    /** Whether the next event would be too many; it is not counted. */
    boolean isExhausted(long now) {
        return now - windowStart <= WINDOW_NANOS && events >= limit;
    }

    /** Counts one event; true while the window holds no more than the limit. */
    boolean admits(long now) {
        if (now - windowStart > WINDOW_NANOS) {
            windowStart = now;
            events = 0;
        }
        events++;
        return events <= limit;
    }

    /** Whether it would admit one more; counts nothing. */
    boolean wouldAdmit(long now) {
        return now - windowStart > WINDOW_NANOS || events < limit;
    }
}
