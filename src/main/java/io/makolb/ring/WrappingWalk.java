package io.makolb.ring;

/**
 * The walk of an endpoint whose sum offset + n * skip may pass 2^32 and then starts again from what is left.
 *
 * <p>One skip in 65536 divides 2^32: with skip 65536 on a ring of 65537 slots the wrapped sums repeat after 65536 steps and never
 * reach the last slot, so that a walk that needs just that slot would not end. From its second wrap on an endpoint therefore walks
 * without wrapping. Skip 65535 meets all slots before that point, so no ring that has an end comes out differently.
 */
final class WrappingWalk {

    private static final long SUM_LIMIT = 1L << 32;
    private static final int SMALLEST_SKIP = 65535;

    private final int skip;
    private final int ringSize;
    private long sum;
    private int wraps;

    WrappingWalk(int offset, int skip, int ringSize) {
        this.sum = offset;
        this.skip = skip;
        this.ringSize = ringSize;
    }

    /** Whether an endpoint of this skip can pass 2^32 within the {@link Ring#MAX_SIZE} steps that meet every slot. */
    static boolean canWrap(int skip) {
        return skip >= SMALLEST_SKIP;
    }

    int next() {
        int slot = (int) (sum % ringSize);
        sum += skip;
        if (sum >= SUM_LIMIT && wraps < 2) {
            wraps++;
            sum -= wraps < 2 ? SUM_LIMIT : 0;
        }
        return slot;
    }
}
