package io.makolb.table;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.plane.PlaneFixture;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** The entries of a connection table; each ends with a word of VIP number, real and stamp. */
final class Entries implements AutoCloseable {

    static final int WAYS = 4;

    private static final int TOMBSTONE = 0xffff;
    private static final long STAMP_MASK = 0xffff_ffffL << 32;
    private static final long REAL_MASK = 0xffffL << 16;

    private final BpfMap map;
    private final BpfMapMemory memory;
    private final int size;

    private Entries(BpfMap map, int size) {
        this.map = map;
        this.memory = map.memory();
        this.size = size;
    }

    static Entries ofIpv4(PlaneFixture plane) {
        return new Entries(plane.map("mako_flow4_0"), 16);
    }

    static Entries ofIpv6(PlaneFixture plane) {
        return new Entries(plane.map("mako_flow6_0"), 32);
    }

    int capacity() {
        return Math.toIntExact(memory.size() / size);
    }

    /** The indexes of entries that are not empty. */
    int[] taken() {
        return IntStream.range(0, capacity()).filter(entry -> tail(entry) != 0).toArray();
    }

    /** Sets in which every way is taken. */
    long fullSets() {
        return IntStream.range(0, capacity() / WAYS)
                .filter(set -> IntStream.range(0, WAYS).allMatch(way -> tail(set * WAYS + way) != 0))
                .count();
    }

    int real(int entry) {
        return (int) ((tail(entry) & REAL_MASK) >>> 16);
    }

    int stamp(int entry) {
        return (int) (tail(entry) >>> 32);
    }

    void setReal(int entry, int real) {
        change(entry, tail -> (tail & ~REAL_MASK) | (long) real << 16);
    }

    void setStamp(int entry, int stamp) {
        change(entry, tail -> (tail & ~STAMP_MASK) | (long) stamp << 32);
    }

    /** As a purge leaves it. */
    void bury(int entry) {
        change(entry, tail -> tail | TOMBSTONE);
    }

    /** The words of the key and the VIP number: what tells flows apart. */
    long key(int entry) {
        long key = tail(entry) & 0xffff;
        for (int word = 0; word < size - Long.BYTES; word += Long.BYTES) {
            key = key * 31 + memory.getLongAcquire((long) entry * size + word);
        }
        return key;
    }

    @Override
    public void close() {
        memory.close();
        map.close();
    }

    private void change(int entry, LongUnaryOperator change) {
        memory.setLongRelease(tailOffset(entry), change.applyAsLong(tail(entry)));
    }

    private long tail(int entry) {
        return memory.getLongAcquire(tailOffset(entry));
    }

    private long tailOffset(int entry) {
        return (long) (entry + 1) * size - Long.BYTES;
    }
}
