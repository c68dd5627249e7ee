package io.makolb.balancer;

import java.time.Duration;

/**
 * How busy the writer is.
 *
 * @param changes submissions answered since the start, refused ones included
 * @param batches groups they were handled in
 * @param queued submissions that wait now
 * @param holds turns since the start: batches of changes, what the machine said, parts of large changes, repairs
 * @param longHolds of them, those that took longer than {@link #LIMIT}
 * @param lastHoldNanos how long the last turn kept the writer
 * @param longestHoldNanos the longest of all turns since the start
 */
public record WriterLoad(
        long changes, long batches, int queued, long holds, long longHolds, long lastHoldNanos, long longestHoldNanos) {

    /** Nothing should keep the writer longer. */
    public static final Duration LIMIT = Duration.ofMillis(50);

    /** Nothing was done yet. */
    static final WriterLoad NONE = new WriterLoad(0, 0, 0, 0, 0, 0, 0);

    /**
     * One more turn.
     *
     * @param answered changes in it
     */
    WriterLoad after(int answered, long holdNanos) {
        return new WriterLoad(
                changes + answered,
                batches + (answered > 0 ? 1 : 0),
                queued,
                holds + 1,
                longHolds + (holdNanos > LIMIT.toNanos() ? 1 : 0),
                holdNanos,
                Math.max(longestHoldNanos, holdNanos));
    }

    WriterLoad with(int waiting) {
        return new WriterLoad(changes, batches, waiting, holds, longHolds, lastHoldNanos, longestHoldNanos);
    }
}
