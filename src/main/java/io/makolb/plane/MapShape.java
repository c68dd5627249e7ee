package io.makolb.plane;

import io.makolb.libbpf.BpfMapFlags;
import io.makolb.libbpf.BpfMapInfo;
import io.makolb.libbpf.BpfMapType;

/**
 * What a map of the plane looks like.
 *
 * @param name its name in the kernel and as a pin
 * @param valueSize in bytes, of one CPU
 * @param entries number of elements
 * @param flags what it must have been created with
 * @param property what its size depends on; empty: nothing that can be set
 */
record MapShape(String name, BpfMapType type, int keySize, int valueSize, int entries, int flags, String property) {

    private static final int PAGE = 4096;

    /** Bookkeeping of an element of a hash map, per element. */
    private static final int HASH_OVERHEAD = 64;

    /** An array that is mapped into the process. */
    static MapShape mapped(String name, int valueSize, int entries, String property) {
        return new MapShape(name, BpfMapType.ARRAY, Integer.BYTES, valueSize, entries, BpfMapFlags.MMAPABLE, property);
    }

    /** An array with a value for each CPU. */
    static MapShape perCpu(String name, int valueSize, int entries, String property) {
        return new MapShape(name, BpfMapType.PERCPU_ARRAY, Integer.BYTES, valueSize, entries, 0, property);
    }

    /** Whether an existing map has this shape; other flags, such as the memory node, do not matter. */
    boolean matches(BpfMapInfo info) {
        return info.type() == type
                && info.keySize() == keySize
                && info.valueSize() == valueSize
                && info.maxEntries() == entries
                && info.has(flags);
    }

    /** Kernel memory it takes, in bytes. */
    long bytes(int possibleCpus) {
        long stride = (valueSize + 7L) & -8L;
        return switch (type) {
            case PERCPU_ARRAY -> stride * entries * possibleCpus;
            case HASH, LRU_HASH -> (stride + keySize + HASH_OVERHEAD) * entries;
            case PERCPU_HASH -> (stride * possibleCpus + keySize + HASH_OVERHEAD) * entries;
            // What was not allocated beforehand is allocated for what is entered.
            case LPM_TRIE -> 0;
            default -> (stride * entries + PAGE - 1) / PAGE * PAGE;
        };
    }
}
