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
public record WriterLoad(long changes, long batches, int queued, long lastHoldNanos, long longestHoldNanos) {}
