package io.makolb.balancer;

/**
 * How busy the writer is.
 *
 * @param changes submissions answered since the start, refused ones included
 * @param batches groups they were handled in
 * @param queued submissions that wait now
 * @param lastHoldNanos how long the last group kept the writer
 * @param longestHoldNanos the longest of all groups since the start
 */
public record WriterLoad(long changes, long batches, int queued, long lastHoldNanos, long longestHoldNanos) {

    /** One more batch. */
    WriterLoad after(int more, long holdNanos) {
        return new WriterLoad(changes + more, batches + 1, queued, holdNanos, Math.max(longestHoldNanos, holdNanos));
    }

    WriterLoad with(int waiting) {
        return new WriterLoad(changes, batches, waiting, lastHoldNanos, longestHoldNanos);
    }
}
