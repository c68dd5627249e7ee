package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** A map of an object that is not loaded yet. Each setter answers this, so that calls can be chained. */
public final class BpfMapDefinition {

    private final BpfObject object;
    private final String name;
    private final Pointer map;

    BpfMapDefinition(BpfObject object, String name, Pointer map) {
        this.object = object;
        this.name = name;
        this.map = map;
    }

    public BpfMapType type() {
        return BpfMapType.of(LibBpf.bpf_map__type(pointer()));
    }

    /** In bytes. */
    public int keySize() {
        return LibBpf.bpf_map__key_size(pointer());
    }

    /** In bytes, for per-CPU maps that of one CPU. */
    public int valueSize() {
        return LibBpf.bpf_map__value_size(pointer());
    }

    public int maxEntries() {
        return LibBpf.bpf_map__max_entries(pointer());
    }

    /** {@link BpfMapFlags} and others. */
    public int flags() {
        return LibBpf.bpf_map__map_flags(pointer());
    }

    /** Sets the number of elements; for ring buffers their size in bytes. */
    public BpfMapDefinition maxEntries(int entries) {
        return checked("set the size of", LibBpf.bpf_map__set_max_entries(pointer(), entries));
    }

    /** Sets the size of a value in bytes; the map loses its type information when it differs. */
    public BpfMapDefinition valueSize(int bytes) {
        return checked("set the value size of", LibBpf.bpf_map__set_value_size(pointer(), bytes));
    }

    /** Replaces the {@link BpfMapFlags}. */
    public BpfMapDefinition flags(int flags) {
        return checked("set the flags of", LibBpf.bpf_map__set_map_flags(pointer(), flags));
    }

    /** Allocates the map on a memory node. */
    public BpfMapDefinition numaNode(int node) {
        flags(flags() | Options.NUMA_NODE_FLAG);
        return checked("set the memory node of", LibBpf.bpf_map__set_numa_node(pointer(), node));
    }

    /** The content that a section of constants or variables, such as ".rodata.cfg", starts with. */
    public byte[] initialValue() {
        try (Memory size = new Memory(Native.SIZE_T_SIZE)) {
            size.clear();
            Pointer value = LibBpf.bpf_map__initial_value(pointer(), size);
            if (value == null) {
                throw new BpfException(
                        "read the initial value of", target(), Errno.EINVAL.code(), "It is not a section of data.");
            }
            return value.getByteArray(0, Math.toIntExact(size.getLong(0)));
        }
    }

    /**
     * Sets the content that a section of constants or variables starts with. Constants are known to the verifier, which
     * removes the code they rule out.
     *
     * @param value exactly as long as the section
     */
    public BpfMapDefinition initialValue(byte[] value) {
        int expected = valueSize();
        if (value.length != expected) {
            throw new IllegalArgumentException(
                    "The initial value of " + target() + " has " + value.length + " bytes, its section " + expected);
        }
        try (Memory bytes = new Memory(Math.max(1, value.length))) {
            bytes.write(0, value, 0, value.length);
            return checked(
                    "set the initial value of", LibBpf.bpf_map__set_initial_value(pointer(), bytes, value.length));
        }
    }

    /**
     * Makes a map the pattern of the inner maps, in place of the one in the object file. Flags and size of the pattern
     * are those the inner maps must have.
     */
    public BpfMapDefinition innerMap(BpfMap pattern) {
        return checked("set the inner map of", LibBpf.bpf_map__set_inner_map_fd(pointer(), pattern.fd()));
    }

    /** Whether loading creates the map; one that only removed code uses can be left out. */
    public BpfMapDefinition autocreate(boolean create) {
        return checked("set whether to create", LibBpf.bpf_map__set_autocreate(pointer(), create ? 1 : 0));
    }

    /** Uses an existing map of the same shape instead of creating one. */
    public BpfMapDefinition reuse(BpfMap existing) {
        return checked("use the existing " + existing + " for", LibBpf.bpf_map__reuse_fd(pointer(), existing.fd()));
    }

    /** Forgets a pin that the object file asks for, so that loading neither looks for the map there nor puts it there. */
    public BpfMapDefinition unpinned() {
        return checked("clear the pin of", LibBpf.bpf_map__set_pin_path(pointer(), null));
    }

    private Pointer pointer() {
        object.requireNotLoaded();
        return map;
    }

    private String target() {
        return "map " + name + " of " + object;
    }

    private BpfMapDefinition checked(String operation, int error) {
        if (error < 0) {
            throw new BpfException(operation, target(), -error);
        }
        return this;
    }
}
