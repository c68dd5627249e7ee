package io.makolb.libbpf;

import com.sun.jna.Pointer;

/** A program of an object that is not loaded yet. Each setter answers this, so that calls can be chained. */
public final class BpfProgramDefinition {

    /** {@code BPF_F_XDP_HAS_FRAGS} of {@code linux/bpf.h}. */
    private static final int XDP_HAS_FRAGS = 1 << 5;

    private final BpfObject object;
    private final String name;
    private final Pointer program;

    BpfProgramDefinition(BpfObject object, String name, Pointer program) {
        this.object = object;
        this.name = name;
        this.program = program;
    }

    /** Whether loading the object loads this program. */
    public BpfProgramDefinition autoload(boolean load) {
        return checked("set whether to load", LibBpf.bpf_program__set_autoload(pointer(), load ? 1 : 0));
    }

    /** Declares the program for XDP attachment. Program arrays only take programs that agree in this. */
    public BpfProgramDefinition expectXdp() {
        return checked(
                "set the attach type of", LibBpf.bpf_program__set_expected_attach_type(pointer(), BpfLink.BPF_XDP));
    }

    /** Whether the program takes frames of several buffers. Program arrays only take programs that agree in this. */
    public BpfProgramDefinition multiBuffer(boolean accepted) {
        int flags = LibBpf.bpf_program__flags(pointer());
        int wanted = accepted ? flags | XDP_HAS_FRAGS : flags & ~XDP_HAS_FRAGS;
        return checked("set the flags of", LibBpf.bpf_program__set_flags(pointer(), wanted));
    }

    private Pointer pointer() {
        object.requireNotLoaded();
        return program;
    }

    private BpfProgramDefinition checked(String operation, int error) {
        if (error < 0) {
            throw new BpfException(operation, "program " + name + " of " + object, -error);
        }
        return this;
    }
}
