package io.makolb.libbpf;

import org.jspecify.annotations.Nullable;

/**
 * What a map to be created looks like.
 *
 * @param name at most 15 characters: the kernel would silently cut a longer one
 * @param keySize in bytes; 4 for every kind of array, 0 for ring buffers
 * @param valueSize in bytes, for per-CPU maps that of one CPU; 0 for ring buffers
 * @param maxEntries number of elements; for ring buffers their size in bytes, a power of two and whole pages
 * @param flags {@link BpfMapFlags}
 * @param numaNode the memory node to allocate from, or {@link #ANY_NUMA_NODE}
 * @param inner for maps of maps, a map like those that will be put in
 */
public record BpfMapSpec(
        BpfMapType type,
        String name,
        int keySize,
        int valueSize,
        int maxEntries,
        int flags,
        int numaNode,
        @Nullable BpfMap inner) {

    /** No wish where the memory comes from. */
    public static final int ANY_NUMA_NODE = -1;

    /** {@code BPF_OBJ_NAME_LEN} less the terminating zero. */
    static final int LONGEST_NAME = 15;

    public BpfMapSpec {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "The map name " + name + " has " + name.length() + " characters, the kernel takes " + LONGEST_NAME);
        }
    }

    /** A map without flags, on any node. */
    public BpfMapSpec(BpfMapType type, String name, int keySize, int valueSize, int maxEntries) {
        this(type, name, keySize, valueSize, maxEntries, 0, ANY_NUMA_NODE, null);
    }

    /** An array of {@code maxEntries} values. */
    public static BpfMapSpec array(String name, int valueSize, int maxEntries) {
        return new BpfMapSpec(BpfMapType.ARRAY, name, Integer.BYTES, valueSize, maxEntries);
    }

    /** An array whose elements are maps like {@code inner}. */
    public static BpfMapSpec arrayOfMaps(String name, int maxEntries, BpfMap inner) {
        return new BpfMapSpec(
                BpfMapType.ARRAY_OF_MAPS, name, Integer.BYTES, Integer.BYTES, maxEntries, 0, ANY_NUMA_NODE, inner);
    }

    /** The same with these flags instead. */
    public BpfMapSpec withFlags(int newFlags) {
        return new BpfMapSpec(type, name, keySize, valueSize, maxEntries, newFlags, numaNode, inner);
    }

    /** The same with its memory on one node. */
    public BpfMapSpec onNumaNode(int node) {
        return new BpfMapSpec(type, name, keySize, valueSize, maxEntries, flags, node, inner);
    }
}
