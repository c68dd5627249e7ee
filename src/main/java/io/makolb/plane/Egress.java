package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;
import java.util.OptionalInt;

/** A way of attaching to what leaves an interface. It outlives the process. */
interface Egress extends AutoCloseable {

    /** What kernels and their tools call it. */
    String way();

    /** The kernel's number of the program that this plane has attached and that works now; empty: there is none. */
    OptionalInt programId();

    /**
     * Lets this program run, in place of the one before.
     *
     * @throws io.makolb.libbpf.BpfException the kernel does not let it
     */
    void attach(BpfProgram program);

    /** Takes the program away. */
    void detach();

    /** Gives up what is open; the program stays where it is. */
    @Override
    void close();
}
