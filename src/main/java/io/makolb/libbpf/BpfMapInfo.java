package io.makolb.libbpf;

import com.sun.jna.Pointer;

/**
 * What the kernel knows about a map ({@code struct bpf_map_info}).
 *
 * @param id the kernel's number of the map, unique while the map exists
 * @param keySize in bytes
 * @param valueSize in bytes, for per-CPU maps that of one CPU
 * @param maxEntries number of elements; for ring buffers their size in bytes
 * @param flags {@link BpfMapFlags} and others
 * @param name as given at creation, at most 15 characters
 */
public record BpfMapInfo(BpfMapType type, int id, int keySize, int valueSize, int maxEntries, int flags, String name) {

    /** {@code sizeof(struct bpf_map_info)} of the oldest kernels supported. */
    private static final long SIZE = 88;

    static BpfMapInfo read(Descriptor descriptor) {
        Pointer info = descriptor.info(SIZE);
        return new BpfMapInfo(
                BpfMapType.of(info.getInt(0)),
                info.getInt(4),
                info.getInt(8),
                info.getInt(12),
                info.getInt(16),
                info.getInt(20),
                info.getString(24));
    }

    /** Whether the map was created with all of these flags. */
    public boolean has(int wanted) {
        return (flags & wanted) == wanted;
    }
}
