package io.makolb.ring;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The permutations of all endpoints over one half-filled ring: what both Maglev variants share.
 *
 * <p>Endpoint i visits the slots (offset + n * skip) mod ring for n = 0, 1, 2..., where offset + n * skip wraps at 2^32 before the
 * modulo. The walk advances by additions instead; only a skip of 65535 or 65536 can reach 2^32 before it has met every slot of the
 * largest ring, and such endpoints ({@link WrappingWalk}) keep the sum as well. Taken slots are looked up in a bitmap, which stays
 * in the first-level cache where the slots would not. More than half of all probes would go into the last few slots; those are
 * found by asking each of them how far ahead of the endpoint it lies.
 *
 * <p>An instance is scratch memory for one build after the other and belongs to one thread.
 */
final class SlotWalk {

    private static final long OFFSET_WORD = 42;
    private static final int OFFSET_SEED = 0;
    private static final long SKIP_WORD = 2718281828L;
    private static final int SKIP_SEED = 2307;
    /** With so few free slots, asking them all is cheaper than ring / free probes. */
    private static final int LAST_SLOTS = 128;

    private int ringSize;
    private int free;
    private char[] slots = {};
    private long[] taken = {};
    private int[] nums = {};
    private int[] skips = {};
    private int[] positions = {};
    private @Nullable WrappingWalk[] wrapping = {};
    private final int[] lastSlots = new int[LAST_SLOTS];

    /**
     * Starts with an empty ring.
     *
     * @param endpoints in the order of their hashes
     * @param ringSize a prime; at most {@link Ring#MAX_SIZE}, so that two positions add up without overflow
     */
    void start(List<Endpoint> endpoints, int ringSize) {
        this.ringSize = ringSize;
        this.free = ringSize;
        this.slots = new char[ringSize];
        int words = (ringSize + Long.SIZE - 1) / Long.SIZE;
        if (taken.length < words) {
            taken = new long[words];
        } else {
            Arrays.fill(taken, 0, words, 0);
        }
        reserve(endpoints.size());
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            nums[i] = endpoint.num();
            positions[i] = offset(endpoint.hash(), ringSize);
            skips[i] = skip(endpoint.hash(), ringSize);
            wrapping[i] = WrappingWalk.canWrap(skips[i]) ? new WrappingWalk(positions[i], skips[i], ringSize) : null;
        }
        if (free <= LAST_SLOTS) {
            collectLastSlots();
        }
    }

    private void reserve(int endpoints) {
        if (nums.length < endpoints) {
            nums = new int[endpoints];
            skips = new int[endpoints];
            positions = new int[endpoints];
            wrapping = new WrappingWalk[endpoints];
        }
    }

    static int offset(long hash, int ringSize) {
        return (int) Long.remainderUnsigned(Murmur3.first64(hash, OFFSET_WORD, OFFSET_SEED), ringSize);
    }

    static int skip(long hash, int ringSize) {
        return (int) Long.remainderUnsigned(Murmur3.first64(hash, SKIP_WORD, SKIP_SEED), ringSize - 1) + 1;
    }

    boolean full() {
        return free == 0;
    }

    int ringSize() {
        return ringSize;
    }

    /** Gives the endpoint the next free slot of its permutation. Must not be called when the ring is full. */
    void place(int endpoint) {
        @Nullable WrappingWalk walk = wrapping[endpoint];
        if (walk != null) {
            placeWrapping(endpoint, walk);
        } else if (free > LAST_SLOTS) {
            placeByProbing(endpoint);
        } else {
            placeAmongTheLast(endpoint);
        }
    }

    private void placeByProbing(int endpoint) {
        final long[] bitmap = taken;
        final int size = ringSize;
        final int skipBelowSize = skips[endpoint] - size;
        int position = positions[endpoint];
        int slot;
        do {
            slot = position;
            // Without a branch: it would be mispredicted every other time.
            int next = position + skipBelowSize;
            position = next + (next >> 31 & size);
        } while ((bitmap[slot >> 6] & 1L << slot) != 0);
        positions[endpoint] = position;
        take(slot, endpoint);
        if (free == LAST_SLOTS) {
            collectLastSlots();
        }
    }

    private void placeWrapping(int endpoint, WrappingWalk walk) {
        int slot;
        do {
            slot = walk.next();
        } while ((taken[slot >> 6] & 1L << slot) != 0);
        take(slot, endpoint);
        if (free == LAST_SLOTS) {
            collectLastSlots();
        } else if (free < LAST_SLOTS) {
            int index = 0;
            while (lastSlots[index] != slot) {
                index++;
            }
            lastSlots[index] = lastSlots[free];
        }
    }

    /** The slot s lies (s - position) / skip steps ahead, a division in the field of integers modulo the ring's prime. */
    private void placeAmongTheLast(int endpoint) {
        long inverse = inverse(skips[endpoint], ringSize);
        int position = positions[endpoint];
        long nearest = Long.MAX_VALUE;
        int index = 0;
        for (int i = 0; i < free; i++) {
            long steps = (lastSlots[i] - position + ringSize) * inverse % ringSize;
            if (steps < nearest) {
                nearest = steps;
                index = i;
            }
        }
        int slot = lastSlots[index];
        positions[endpoint] = (slot + skips[endpoint]) % ringSize;
        take(slot, endpoint);
        lastSlots[index] = lastSlots[free];
    }

    private void take(int slot, int endpoint) {
        taken[slot >> 6] |= 1L << slot;
        slots[slot] = (char) nums[endpoint];
        free--;
    }

    private void collectLastSlots() {
        int found = 0;
        for (int slot = 0; slot < ringSize; slot++) {
            if ((taken[slot >> 6] & 1L << slot) == 0) {
                lastSlots[found++] = slot;
            }
        }
    }

    /** The inverse of a number modulo a prime, by the extended Euclidean algorithm. */
    private static int inverse(int number, int prime) {
        int remainder = prime;
        int nextRemainder = number;
        int inverse = 0;
        int nextInverse = 1;
        while (nextRemainder != 0) {
            int quotient = remainder / nextRemainder;
            int r = remainder - quotient * nextRemainder;
            remainder = nextRemainder;
            nextRemainder = r;
            int i = inverse - quotient * nextInverse;
            inverse = nextInverse;
            nextInverse = i;
        }
        return inverse < 0 ? inverse + prime : inverse;
    }

    /** Hands out one slot each to endpoints 0 to {@code count} - 1 in turn until the ring is full. */
    void placeInTurn(int count) {
        while (!full()) {
            for (int i = 0; i < count && !full(); i++) {
                place(i);
            }
        }
    }

    /** The slots placed so far; the array is handed over, not copied. */
    char[] slots() {
        return slots;
    }
}
