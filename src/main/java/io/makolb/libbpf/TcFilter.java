package io.makolb.libbpf;

import com.sun.jna.Pointer;
import java.util.OptionalInt;

/**
 * The place of a classifier in what leaves an interface, in the way all kernels know: a filter of the queueing discipline
 * clsact, found by its priority and handle. What is attached there needs no pin and no process; it ends with the interface.
 */
public final class TcFilter {

    /** Katran's, so that nothing else stands in front of one that stood in front of the other. */
    public static final int PRIORITY = 2307;

    private static final int HANDLE = 1;

    private final int interfaceIndex;

    private TcFilter(int interfaceIndex) {
        this.interfaceIndex = interfaceIndex;
    }

    /** The place in what leaves this interface of the calling thread's network namespace. */
    public static TcFilter egress(int interfaceIndex) {
        BpfLibrary.require();
        return new TcFilter(interfaceIndex);
    }

    /** The kernel's number of the program that is attached there; empty: none. */
    public OptionalInt programId() {
        Pointer options = Options.filter(0, false, HANDLE, PRIORITY);
        int error = LibBpf.bpf_tc_query(Options.egressHook(interfaceIndex), options);
        // Without the queueing discipline the kernel finds the question invalid, without the interface it has no
        // device.
        if (error == -Errno.ENOENT.code() || error == -Errno.EINVAL.code() || error == -Errno.ENODEV.code()) {
            return OptionalInt.empty();
        }
        requireNoError("look for a program in", error);
        return OptionalInt.of(options.getInt(Options.TC_PROGRAM_ID));
    }

    /**
     * Attaches a program, in place of the one that is there.
     *
     * @throws BpfException no device; not supported by a kernel without clsact
     */
    public void attach(BpfProgram program) {
        int created = LibBpf.bpf_tc_hook_create(Options.egressHook(interfaceIndex));
        if (created != -Errno.EEXIST.code()) {
            requireNoError("create the clsact queueing discipline for", created);
        }
        boolean replace = programId().isPresent();
        Pointer options = Options.filter(program.fd(), replace, HANDLE, PRIORITY);
        requireNoError(
                "attach the " + program.target() + " to",
                LibBpf.bpf_tc_attach(Options.egressHook(interfaceIndex), options));
    }

    /** Takes away what is attached there. The queueing discipline stays: others may use it too. */
    public void detach() {
        int error =
                LibBpf.bpf_tc_detach(Options.egressHook(interfaceIndex), Options.filter(0, false, HANDLE, PRIORITY));
        if (error != -Errno.ENOENT.code() && error != -Errno.ENODEV.code()) {
            requireNoError("detach the program from", error);
        }
    }

    @Override
    public String toString() {
        return "what leaves interface " + interfaceIndex;
    }

    private void requireNoError(String operation, int error) {
        if (error < 0) {
            throw new BpfException(operation, toString(), -error);
        }
    }
}
