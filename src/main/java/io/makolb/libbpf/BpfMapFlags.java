package io.makolb.libbpf;

/** Flags a map is created with ({@code BPF_F_...} of {@code linux/bpf.h}), to be combined by bitwise or. */
public final class BpfMapFlags {

    /** Hash maps allocate elements when they are inserted; mandatory for LPM tries. */
    public static final int NO_PREALLOC = 1;

    /** Programs can read but not write. */
    public static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

    /** Array memory starts on a page and can be mapped into the process (kernel 5.5). */
    public static final int MMAPABLE = 1 << 10;

    /** Inner arrays of different sizes fit into one outer map, at the price of a call per look-up (kernel 5.10). */
    public static final int INNER_MAP = 1 << 12;

    private BpfMapFlags() {}
}
