package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.plane.MapLayout.Control;
import java.security.SecureRandom;

/** The words that packets read first. */
final class ControlWords {

    private final BpfMapMemory memory;
    private final KernelWrites writes;

    ControlWords(BpfMapMemory memory, KernelWrites writes) {
        this.memory = memory;
        this.writes = writes;
    }

    /** Keys the connection table, once in the plane's life: another secret would lose every connection. */
    void createSecret() {
        writes.word(memory, Control.SECRET, new SecureRandom().nextLong());
    }

    /** What keys the connection tables. */
    long secret() {
        return memory.getLongAcquire(Control.SECRET);
    }

    /** The slot of source routes in force. */
    int routeSlot() {
        return Math.floorMod(memory.getIntAcquire(Control.SOURCE_ROUTES), MapLayout.ROUTE_SLOTS);
    }

    /** Puts a slot of source routes in force, of both families. */
    void putRouteSlot(int slot) {
        writes.word(memory, Control.SOURCE_ROUTES, slot);
    }

    /** Whether packets of a generation look for VIPs that are prefixes. */
    boolean hasPrefixes(int generation) {
        return (memory.getIntAcquire(Control.PREFIX_VIPS) >>> generation & 1) != 0;
    }

    /** Says whether they shall; no packet may read the generation meanwhile. */
    void putPrefixes(int generation, boolean present) {
        int others = memory.getIntAcquire(Control.PREFIX_VIPS) & ~(1 << generation);
        writes.word(memory, Control.PREFIX_VIPS, others | (present ? 1 << generation : 0));
    }

    /** The generation of VIP tables in force. */
    int generation() {
        return Math.floorMod(memory.getIntAcquire(Control.GENERATION), MapLayout.VIP_GENERATIONS);
    }

    /** Puts a generation of VIP tables in force. */
    void putGeneration(int generation) {
        writes.word(memory, Control.GENERATION, generation);
    }
}
