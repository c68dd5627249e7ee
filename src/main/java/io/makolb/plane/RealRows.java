package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.model.Address;
import io.makolb.plane.MapLayout.RealRow;
import java.util.Optional;

/** Reals by their indexes. An index in use never changes its address, so packets need no generation to read it. */
final class RealRows {

    private final BpfMapMemory memory;
    private final KernelWrites writes;

    RealRows(BpfMapMemory memory, KernelWrites writes) {
        this.memory = memory;
        this.writes = writes;
    }

    int count() {
        return (int) (memory.size() / RealRow.SIZE);
    }

    /** Gives an index to a real, or changes its attributes. */
    void put(Address address, RealImage real) {
        long row = row(real.index());
        WireAddress wire = WireAddress.ofReal(address);
        writes.word(memory, row + RealRow.ADDR, wire.first());
        writes.word(memory, row + RealRow.ADDR + Long.BYTES, wire.second());
        writes.word(memory, row + RealRow.CSUM, expectedTail(address, real));
    }

    /** What stands behind the address of a real in force: checksum, flags and state. */
    long expectedTail(Address address, RealImage real) {
        long flags = (address.ipv6() ? MapLayout.REAL_IPV6 : 0) | (real.local() ? MapLayout.REAL_LOCAL : 0);
        return RawSum.of(address) | flags << field(RealRow.FLAGS) | (long) MapLayout.STATE_LIVE << field(RealRow.STATE);
    }

    /** No ring names the index any more, but connections do. */
    void retire(int index) {
        long at = row(index) + RealRow.CSUM;
        long tail = memory.getLongAcquire(at);
        writes.word(
                memory,
                at,
                (tail & ~(0xffL << field(RealRow.STATE))) | (long) MapLayout.STATE_RETIRED << field(RealRow.STATE));
    }

    /** The index has no owner any more. */
    void free(int index) {
        for (int at = 0; at < RealRow.SIZE; at += Long.BYTES) {
            writes.word(memory, row(index) + at, 0L);
        }
    }

    byte state(int index) {
        return (byte) (tail(index) >>> field(RealRow.STATE));
    }

    RealImage image(int index) {
        return new RealImage(index, (tail(index) >>> field(RealRow.FLAGS) & MapLayout.REAL_LOCAL) != 0);
    }

    /** Whose index this is or was, if it is anybody's. */
    Optional<Address> known(int index) {
        boolean known = index > 0 && index < count() && state(index) != MapLayout.STATE_FREE;
        return known ? Optional.of(address(index)) : Optional.empty();
    }

    /** Whose index this is or was; meaningless for an index that is free. */
    Address address(int index) {
        long row = row(index);
        boolean ipv6 = (tail(index) >>> field(RealRow.FLAGS) & MapLayout.REAL_IPV6) != 0;
        return new WireAddress(
                        memory.getLongAcquire(row + RealRow.ADDR),
                        memory.getLongAcquire(row + RealRow.ADDR + Long.BYTES))
                .toReal(ipv6);
    }

    /** What stands behind the address now. */
    long tail(int index) {
        return memory.getLongAcquire(row(index) + RealRow.CSUM);
    }

    private static int field(int offset) {
        return 8 * (offset - RealRow.CSUM);
    }

    private static long row(int index) {
        return (long) index * RealRow.SIZE;
    }
}
