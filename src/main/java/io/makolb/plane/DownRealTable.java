package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import java.util.BitSet;

/** Which reals are down for which VIPs, a bit for each pair. Packets look at the bits of a VIP while its word says so. */
final class DownRealTable {

    private final BpfMapMemory memory;
    private final KernelWrites writes;
    private final int words;

    DownRealTable(BpfMapMemory memory, KernelWrites writes, int maxReals) {
        this.memory = memory;
        this.writes = writes;
        this.words = words(maxReals);
    }

    /** Words of the bits of one VIP. */
    static int words(int maxReals) {
        return (maxReals + Long.SIZE - 1) / Long.SIZE;
    }

    /** Indexes of the reals that are down for a VIP number. */
    BitSet read(int vip) {
        long[] row = new long[words];
        for (int word = 0; word < words; word++) {
            row[word] = memory.getLongAcquire(at(vip, word));
        }
        return BitSet.valueOf(row);
    }

    /** Adds reals to those that are down for a VIP number. */
    void add(int vip, BitSet down) {
        BitSet both = read(vip);
        both.or(down);
        write(vip, both);
    }

    /** Makes these the reals that are down for a VIP number, whatever an earlier owner of the number left. */
    void write(int vip, BitSet down) {
        long[] row = down.toLongArray();
        for (int word = 0; word < words; word++) {
            writes.word(memory, at(vip, word), word < row.length ? row[word] : 0L);
        }
    }

    private long at(int vip, int word) {
        return ((long) vip * words + word) * Long.BYTES;
    }
}
