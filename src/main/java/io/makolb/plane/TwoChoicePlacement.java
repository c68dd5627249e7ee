package io.makolb.plane;

import java.util.Arrays;

/**
 * Places entries in a hash table where each may stand in one of two buckets. An entry stands in its second bucket only while
 * its first is full, and entries are only added, so a look-up that misses in a first bucket with an empty slot is over.
 */
final class TwoChoicePlacement {

    private static final long MIX_1 = 0x9E3779B97F4A7C15L;
    static final long MIX_2 = 0xC2B2AE3D27D4EB4FL;

    /** Displacements after which a table counts as full; at half load a handful is much. */
    private static final int MAX_DISPLACEMENTS = 1000;

    /** No entry stands there. */
    static final int EMPTY = -1;

    private final int buckets;
    private final int perBucket;
    private final long[] hashes;
    private final int[] slots;

    /**
     * An empty table.
     *
     * @param buckets a power of two
     * @param perBucket slots in a bucket
     * @param hashes the {@link #mix} of each entry to be placed
     */
    TwoChoicePlacement(int buckets, int perBucket, long[] hashes) {
        this.buckets = buckets;
        this.perBucket = perBucket;
        this.hashes = hashes;
        this.slots = new int[buckets * perBucket];
        Arrays.fill(slots, EMPTY);
    }

    /** The hash of 16 bytes; bpf/hash.h has the same function. */
    static long mix(long high, long low, long seed) {
        long hash = (low ^ seed) * MIX_1;
        hash ^= hash >>> 32;
        hash = (hash ^ high) * MIX_2;
        return hash ^ hash >>> 29;
    }

    static int firstBucket(long hash, int buckets) {
        return (int) hash & buckets - 1;
    }

    static int secondBucket(long hash, int buckets) {
        return (int) (hash >>> 32) & buckets - 1;
    }

    /**
     * Places all entries.
     *
     * @return for each slot the number of the entry that stands there, or {@link #EMPTY}
     * @throws PlaneException when they do not fit
     */
    int[] place() {
        for (int entry = 0; entry < hashes.length; entry++) {
            insert(entry);
        }
        return slots;
    }

    private void insert(int entry) {
        int moving = entry;
        int bucket = firstBucket(hashes[moving], buckets);
        for (int i = 0; i < MAX_DISPLACEMENTS; i++) {
            if (putIntoEmptySlot(bucket, moving)) {
                return;
            }
            int other = otherBucket(moving, bucket);
            if (putIntoEmptySlot(other, moving)) {
                return;
            }
            int slot = bucket * perBucket + victim(i);
            int displaced = slots[slot];
            slots[slot] = moving;
            moving = displaced;
            bucket = otherBucket(moving, bucket);
        }
        throw new PlaneException(
                "The VIP table has no arrangement for " + hashes.length + " entries in " + buckets + " buckets.",
                0,
                null);
    }

    /** Which slot makes room: in no order, or displacements would run in circles; but the same ones each time. */
    private int victim(int displacement) {
        return (int) Long.remainderUnsigned(mix(0, displacement, 0), perBucket);
    }

    private int otherBucket(int entry, int bucket) {
        int first = firstBucket(hashes[entry], buckets);
        return bucket == first ? secondBucket(hashes[entry], buckets) : first;
    }

    private boolean putIntoEmptySlot(int bucket, int entry) {
        for (int slot = bucket * perBucket; slot < (bucket + 1) * perBucket; slot++) {
            if (slots[slot] == EMPTY) {
                slots[slot] = entry;
                return true;
            }
        }
        return false;
    }
}
