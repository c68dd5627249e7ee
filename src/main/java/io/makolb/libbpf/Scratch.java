package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.EnumMap;
import java.util.Map;

/**
 * Native memory for the arguments of one call, kept per thread so that frequent calls allocate nothing. Nothing in it
 * outlives the call it was filled for.
 */
final class Scratch {

    /** Arguments that one call can need at the same time. */
    enum Slot {
        KEY,
        VALUE,
        COUNT,
        OPTIONS,
        OUTPUT,
        CONTEXT
    }

    private static final long SMALLEST = 64;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final Map<Slot, Memory> slots = new EnumMap<>(Slot.class);

    private Scratch() {}

    static Scratch ofThisThread() {
        return OF_THREAD.get();
    }

    /** Memory of at least that size with arbitrary content. */
    Memory get(Slot slot, long size) {
        Memory present = slots.get(slot);
        if (present != null && present.size() >= size) {
            return present;
        }
        Memory larger = new Memory(Math.max(SMALLEST, Long.highestOneBit(Math.max(1, size - 1)) << 1));
        slots.put(slot, larger);
        return larger;
    }

    /** Memory of at least that size, its first {@code size} bytes zero. */
    Pointer cleared(Slot slot, long size) {
        Memory memory = get(slot, size);
        memory.setMemory(0, size, (byte) 0);
        return memory;
    }
}
