package io.makolb.stats;

/**
 * A counter and how fast it grows.
 *
 * @param total since the plane was created, or since the VIP or real got its counters
 * @param perSecond growth during the last interval; 0 while it is not known
 */
public record Counted(long total, double perSecond) {

    /** Nothing was counted. */
    public static final Counted ZERO = new Counted(0, 0);

    /**
     * The counter with its growth since an earlier reading.
     *
     * @param before at most {@code now}
     * @param seconds between both readings; 0 when there was no earlier one
     */
    static Counted since(long before, long now, double seconds) {
        return new Counted(now, seconds <= 0 ? 0 : (now - before) / seconds);
    }
}
