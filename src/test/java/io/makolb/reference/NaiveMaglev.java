package io.makolb.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Both Maglev variants as their description says it, slot by slot, with one multiplication and one division per probe. Slots hold
 * real numbers, {@link #NO_REAL} where there is none.
 */
public final class NaiveMaglev {

    /** What the slots of a ring without endpoints hold. */
    public static final int NO_REAL = 0;

    /**
     * A member of the ring.
     *
     * @param num its number
     * @param weight its weight
     * @param hash the hash of its address
     */
    public record Member(int num, int weight, long hash) {}

    private final List<Member> members;
    private final int ringSize;
    private final int[] ring;
    private final int[] counters;
    private int filled;

    private NaiveMaglev(List<Member> members, int ringSize) {
        this.members = members.stream()
                .sorted(Comparator.comparing(
                        member -> Long.toUnsignedString(member.hash(), 16), NaiveMaglev::compareHex))
                .toList();
        this.ringSize = ringSize;
        this.ring = new int[ringSize];
        this.counters = new int[members.size()];
        Arrays.fill(ring, NO_REAL);
    }

    /** Maglev as Katran has it by default. */
    public static int[] v1(List<Member> members, int ringSize) {
        NaiveMaglev maglev = new NaiveMaglev(members, ringSize);
        if (!maglev.trivial()) {
            maglev.fillV1();
        }
        return maglev.ring;
    }

    /** Maglev with weights respected. */
    public static int[] v2(List<Member> members, int ringSize) {
        NaiveMaglev maglev = new NaiveMaglev(members, ringSize);
        if (!maglev.trivial()) {
            maglev.fillV2();
        }
        return maglev.ring;
    }

    private static int compareHex(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    private boolean trivial() {
        if (members.size() == 1) {
            Arrays.fill(ring, members.get(0).num());
        }
        return members.size() < 2;
    }

    private void fillV1() {
        int[] inARow = members.stream().mapToInt(Member::weight).toArray();
        while (true) {
            for (int i = 0; i < members.size(); i++) {
                for (int times = 0; times < inARow[i]; times++) {
                    if (place(i)) {
                        return;
                    }
                }
                inARow[i] = 1;
            }
        }
    }

    private void fillV2() {
        long largest = members.stream().mapToLong(Member::weight).max().orElseThrow();
        long[] collected = new long[members.size()];
        while (true) {
            for (int i = 0; i < members.size(); i++) {
                collected[i] += members.get(i).weight();
                if (collected[i] >= largest) {
                    collected[i] -= largest;
                    if (place(i)) {
                        return;
                    }
                }
            }
        }
    }

    /** Returns true when the ring is full. */
    private boolean place(int i) {
        long hash = members.get(i).hash();
        int offset = (int) Long.remainderUnsigned(murmur(hash, 42, 0), ringSize);
        int skip = (int) Long.remainderUnsigned(murmur(hash, 2718281828L, 2307), ringSize - 1) + 1;
        int slot;
        do {
            slot = Integer.remainderUnsigned(offset + counters[i] * skip, ringSize);
            counters[i]++;
            if (counters[i] > 4 * ringSize) {
                throw new IllegalStateException("the walk of " + members.get(i) + " never meets the last free slot");
            }
        } while (ring[slot] != NO_REAL);
        ring[slot] = members.get(i).num();
        filled++;
        return filled == ringSize;
    }

    private static long murmur(long a, long b, int seed) {
        final long c1 = 0x87c37b91114253d5L;
        final long c2 = 0x4cf5ad432745937fL;
        long h1 = seed;
        long h2 = seed;
        long k1 = a;
        k1 *= c1;
        k1 = Long.rotateLeft(k1, 31);
        k1 *= c2;
        h1 ^= k1;
        h1 = Long.rotateLeft(h1, 27);
        h1 += h2;
        h1 = h1 * 5 + 0x52dce729;
        long k2 = b;
        k2 *= c2;
        k2 = Long.rotateLeft(k2, 33);
        k2 *= c1;
        h2 ^= k2;
        h2 = Long.rotateLeft(h2, 31);
        h2 += h1;
        h2 = h2 * 5 + 0x38495ab5;
        h1 ^= 16;
        h2 ^= 16;
        h1 += h2;
        h2 += h1;
        h1 = mixed(h1);
        h2 = mixed(h2);
        return h1 + h2;
    }

    private static long mixed(long value) {
        long v = value;
        v ^= v >>> 33;
        v *= 0xff51afd7ed558ccdL;
        v ^= v >>> 33;
        v *= 0xc4ceb9fe1a85ec53L;
        v ^= v >>> 33;
        return v;
    }
}
