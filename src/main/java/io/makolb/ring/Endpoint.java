package io.makolb.ring;

/**
 * A real as a ring sees it.
 *
 * @param num the number written into the slots, 1 to {@value #MAX_NUM}; 0 is reserved for "no real"
 * @param weight the share relative to the other endpoints, 0 or more; an endpoint of weight 0 gets no slot
 * @param hash the hash of the real's address, see {@link AddressHash}; it alone decides order and permutation, so that the
 *     numbering of reals does not influence which address serves a slot
 */
public record Endpoint(int num, int weight, long hash) {

    /** The largest number a slot can hold: slots are 16 bits wide. */
    public static final int MAX_NUM = 0xFFFF;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the number or the weight is out of range
     */
    public Endpoint {
        if (num < 1 || num > MAX_NUM) {
            throw new IllegalArgumentException("real number " + num + " is not in 1 to " + MAX_NUM);
        }
        if (weight < 0) {
            throw new IllegalArgumentException("weight " + weight + " of real " + num + " is negative");
        }
    }
}
