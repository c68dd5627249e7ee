package io.makolb.ring;

/**
 * Katran's default variant of Maglev: in the first pass each endpoint takes as many slots in a row as its weight says, in every
 * later pass one.
 *
 * <p>Weights therefore count in absolute slots: (1, 2, 3) gives nearly equal thirds, and weights that add up to more than the ring
 * leave the endpoints with the highest hashes without a slot.
 */
final class MaglevV1 {

    private MaglevV1() {}

    /**
     * Fills the ring.
     *
     * @param walk a ring just started
     * @param weights of the endpoints of the walk; one of weight 0 takes part from the second pass on
     * @param count how many endpoints there are, at least 1
     */
    static void fill(SlotWalk walk, int[] weights, int count) {
        for (int i = 0; i < count; i++) {
            for (int placed = 0; placed < weights[i] && !walk.full(); placed++) {
                walk.place(i);
            }
        }
        walk.placeInTurn(count);
    }
}
