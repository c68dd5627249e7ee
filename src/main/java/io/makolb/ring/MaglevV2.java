package io.makolb.ring;

import java.util.Arrays;

/**
 * The variant of Maglev that respects weights: in every pass each endpoint collects its weight and, as soon as it has collected
 * the largest weight of all, pays that for one slot.
 *
 * <p>Where one weight is far above the others, nearly all visits of all passes only collect: some 260 million for 4000 reals of
 * which one is large. Endpoint i takes its k-th slot in pass ceil(k * largest / weight(i)), endpoints of one pass in their order;
 * enumerating these turns and sorting them by pass costs time in proportion to the ring.
 *
 * <p>An instance is scratch memory for one build after the other and belongs to one thread.
 */
final class MaglevV2 {

    /** Sorting a turn costs about as much as so many visits. */
    private static final int VISITS_PER_SORTED_TURN = 8;

    private long[] collected = {};
    private int[] turns = {};
    private int[] ends = {};

    /**
     * Fills the ring.
     *
     * @param walk a ring just started
     * @param weights of the endpoints of the walk; one of weight 0 gets nothing unless all are 0, then they share equally
     * @param count how many endpoints there are, at least 1
     */
    void fill(SlotWalk walk, int[] weights, int count) {
        int largest = 0;
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, weights[i]);
            smallest = Math.min(smallest, weights[i]);
        }
        if (smallest == largest) {
            walk.placeInTurn(count);
            return;
        }
        int passes = passesToFill(walk.ringSize(), weights, count, largest);
        if (turns.length < walk.ringSize() + count) {
            turns = new int[walk.ringSize() + count];
        }
        if ((long) passes * count <= (long) VISITS_PER_SORTED_TURN * walk.ringSize()) {
            collectTurnsByVisits(weights, count, largest, passes);
        } else {
            sortTurnsByPass(weights, count, largest, passes);
        }
        for (int turn = 0; !walk.full(); turn++) {
            walk.place(turns[turn]);
        }
    }

    /** Without a branch on the outcome of a visit, which nothing could predict. */
    private void collectTurnsByVisits(int[] weights, int count, int largest, int passes) {
        if (collected.length < count) {
            collected = new long[count];
        } else {
            Arrays.fill(collected, 0, count, 0);
        }
        int turn = 0;
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < count; i++) {
                long sum = collected[i] + weights[i];
                long pays = largest - 1 - sum >> 63;
                collected[i] = sum - (pays & largest);
                turns[turn] = i;
                turn -= (int) pays;
            }
        }
    }

    /** The smallest number of passes that hand out a whole ring; the endpoint of the largest weight alone needs {@code ringSize}. */
    private static int passesToFill(int ringSize, int[] weights, int count, int largest) {
        int low = 1;
        int high = ringSize;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slotsWithin(middle, weights, count, largest) >= ringSize) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long slotsWithin(int passes, int[] weights, int count, int largest) {
        long slots = 0;
        for (int i = 0; i < count; i++) {
            slots += (long) passes * weights[i] / largest;
        }
        return slots;
    }

    /** A counting sort: stable, so that turns of one pass keep the order of the endpoints. */
    private void sortTurnsByPass(int[] weights, int count, int largest, int passes) {
        if (ends.length < passes + 2) {
            ends = new int[passes + 2];
        } else {
            Arrays.fill(ends, 0, passes + 2, 0);
        }
        for (int i = 0; i < count; i++) {
            for (Turns t = new Turns(largest, weights[i]); t.pass <= passes; t.advance()) {
                ends[t.pass + 1]++;
            }
        }
        for (int pass = 1; pass <= passes + 1; pass++) {
            ends[pass] += ends[pass - 1];
        }
        for (int i = 0; i < count; i++) {
            for (Turns t = new Turns(largest, weights[i]); t.pass <= passes; t.advance()) {
                turns[ends[t.pass]++] = i;
            }
        }
    }

    /** The passes ceil(k * largest / weight) for k = 1, 2, 3..., by additions only. */
    private static final class Turns {
        private final int weight;
        private final int quotient;
        private final int remainder;
        private int surplus;
        private int pass;

        Turns(int largest, int weight) {
            this.weight = weight;
            if (weight == 0) {
                this.quotient = 0;
                this.remainder = 0;
                this.pass = Integer.MAX_VALUE;
                return;
            }
            this.quotient = largest / weight;
            this.remainder = largest % weight;
            advance();
        }

        /** {@code surplus} is what the last turn left over: weight * pass - k * largest, always below the weight. */
        void advance() {
            pass += quotient;
            if (surplus < remainder) {
                pass++;
                surplus += weight;
            }
            surplus -= remainder;
        }
    }
}
