package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.ring.Ring;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Rings in their slots. Slot 0 means "no ring" and is not used. */
final class RingTable {

    private final BpfMapMemory memory;
    private final KernelWrites writes;
    private final int bytes;

    RingTable(BpfMapMemory memory, KernelWrites writes, int ringSize) {
        this.memory = memory;
        this.writes = writes;
        this.bytes = ringSize * Short.BYTES;
    }

    /** Slots, with number 0. */
    int slots() {
        return (int) (memory.size() / memory.stride());
    }

    /** Writes a ring where no packet can find it; answers the {@link #digest} of what now lies there. */
    long write(int slot, Ring ring) {
        writes.fill(memory, offset(slot), bytes, ring::writeTo);
        return digest(slot);
    }

    /** Two independent checksums of a slot's content. They guard against damage, not against forgery, and take microseconds. */
    long digest(int slot) {
        ByteBuffer content = memory.slice(offset(slot), bytes);
        CRC32C castagnoli = new CRC32C();
        castagnoli.update(content.duplicate());
        CRC32 ethernet = new CRC32();
        ethernet.update(content);
        return castagnoli.getValue() << 32 | ethernet.getValue();
    }

    private long offset(int slot) {
        return (long) slot * memory.stride();
    }
}
