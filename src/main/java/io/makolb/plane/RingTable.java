package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.ring.Ring;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Rings in their slots. Slot 0 means "no ring" and is not used. Only the slot at hand is mapped: all of them, 72 MiB with the default
 * sizes, would count as memory of the process.
 */
final class RingTable {

    private final BpfMap map;
    private final KernelWrites writes;
    private final int bytes;

    RingTable(BpfMap map, KernelWrites writes, int ringSize) {
        this.map = map;
        this.writes = writes;
        this.bytes = ringSize * Short.BYTES;
    }

    /** Slots, with number 0. */
    int slots() {
        return map.info().maxEntries();
    }

    /** Writes a ring where no packet can find it; answers the {@link #digest} of what now lies there. */
    long write(int slot, Ring ring) {
        try (BpfMapMemory memory = map.memory(slot)) {
            writes.fill(memory, 0, bytes, ring::writeTo);
            return digest(memory);
        }
    }

    /** Two independent checksums of a slot's content. They guard against damage, not against forgery, and take microseconds. */
    long digest(int slot) {
        try (BpfMapMemory memory = map.memory(slot)) {
            return digest(memory);
        }
    }

    private long digest(BpfMapMemory memory) {
        ByteBuffer content = memory.slice(0, bytes);
        CRC32C castagnoli = new CRC32C();
        castagnoli.update(content.duplicate());
        CRC32 ethernet = new CRC32();
        ethernet.update(content);
        return castagnoli.getValue() << 32 | ethernet.getValue();
    }
}
