package io.makolb.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The per-CPU counter of binding.bpf.c. */
final class PerCpuFrames {

    private PerCpuFrames() {}

    static long total(BpfMap frames) {
        ByteBuffer slots = ByteBuffer.allocate(frames.valueBytes()).order(ByteOrder.nativeOrder());
        if (!frames.lookup(0, slots)) {
            throw new AssertionError("No counter in " + frames);
        }
        long total = 0;
        for (int offset = 0; offset < slots.capacity(); offset += frames.valueStride()) {
            total += Integer.toUnsignedLong(slots.getInt(offset));
        }
        return total;
    }
}
