package io.makolb.plane;

/**
 * A real in a VIP, as the kernel knows it.
 *
 * @param index the real's index
 * @param weight its weight
 * @param enabled false: it counts as weight 0
 */
public record MemberImage(int index, int weight, boolean enabled) {

    /** The weight that counts for the ring. */
    public int effectiveWeight() {
        return enabled ? weight : 0;
    }
}
