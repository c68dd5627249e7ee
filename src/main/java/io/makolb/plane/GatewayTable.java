package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.model.MacAddress;
import io.makolb.plane.MapLayout.GatewayRow;
import java.util.Optional;

/** Next hops: slot 0 for everybody, and one for each interface that has its own. */
final class GatewayTable {

    private final BpfMapMemory memory;
    private final KernelWrites writes;

    GatewayTable(BpfMapMemory memory, KernelWrites writes) {
        this.memory = memory;
        this.writes = writes;
    }

    /** The gateway of frames whose interface has none of its own. */
    Optional<MacAddress> fallback() {
        return decode(memory.getLongAcquire(GatewayRow.MAC));
    }

    /** Sets the gateway of frames whose interface has none of its own. */
    void putFallback(Optional<MacAddress> gateway) {
        writes.word(memory, GatewayRow.MAC, encode(gateway));
    }

    /** The gateway of an interface. */
    Optional<MacAddress> of(int interfaceIndex) {
        long row = row(interfaceIndex);
        return memory.getIntAcquire(row + GatewayRow.IFINDEX) == interfaceIndex
                ? decode(memory.getLongAcquire(row + GatewayRow.MAC))
                : Optional.empty();
    }

    /** Sets the gateway of an interface. */
    void put(int interfaceIndex, Optional<MacAddress> gateway) {
        long row = row(interfaceIndex);
        if (memory.getIntAcquire(row + GatewayRow.IFINDEX) != interfaceIndex) {
            writes.word(memory, row + GatewayRow.IFINDEX, 0);
        }
        writes.word(memory, row + GatewayRow.MAC, encode(gateway));
        writes.word(memory, row + GatewayRow.IFINDEX, interfaceIndex);
    }

    /** Whether two interfaces would share a slot, or one would have the one that is everybody's. */
    static boolean collide(int interfaceIndex, int otherIndex) {
        return slot(interfaceIndex) == 0 || slot(interfaceIndex) == slot(otherIndex);
    }

    private static int slot(int interfaceIndex) {
        return interfaceIndex % MapLayout.GATEWAYS;
    }

    private static long row(int interfaceIndex) {
        return (long) slot(interfaceIndex) * GatewayRow.SIZE;
    }

    /** The address as it lies in a frame, so its first byte is the lowest. */
    private static long encode(Optional<MacAddress> gateway) {
        return gateway.map(mac -> Long.reverseBytes(mac.bits()) >>> 16 | MapLayout.GATEWAY_KNOWN)
                .orElse(0L);
    }

    private static Optional<MacAddress> decode(long word) {
        return (word & MapLayout.GATEWAY_KNOWN) == 0
                ? Optional.empty()
                : Optional.of(new MacAddress(Long.reverseBytes(word << 16)));
    }
}
