package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/** A loaded program, reached through a descriptor this handle owns. */
public final class BpfProgram implements AutoCloseable {

    /**
     * Room for what a program adds in front of a frame or behind it. More than the headroom of XDP, and the kernel
     * refuses less than the result needs.
     */
    private static final int GROWTH = 512;

    private static final byte[] NO_CONTEXT = {};

    private final Descriptor descriptor;

    private BpfProgram(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens the program pinned at a path of a BPF file system. */
    public static BpfProgram openPinned(Path pin) {
        return new BpfProgram(Descriptor.openPinned(pin, ObjectKind.PROGRAM));
    }

    static BpfProgram duplicating(int fd, String target) {
        return new BpfProgram(Descriptor.duplicate(fd, target));
    }

    /** The descriptor, valid until {@link #close}. */
    public int fd() {
        return descriptor.fd();
    }

    /** What the kernel knows about the program. */
    public BpfProgramInfo info() {
        return BpfProgramInfo.read(descriptor);
    }

    /** Runs the program once over a frame that no interface received. */
    public TestRun testRun(byte[] frame) {
        return testRun(frame, 1, NO_CONTEXT);
    }

    /**
     * Runs the program over a frame that no interface received.
     *
     * @param frame at least 14 bytes; for XDP what remains of a page after its headroom
     * @param repeat how often; from the second time on the program sees the frame as it left it
     * @param context the program's context struct, such as the 24 bytes of {@code struct xdp_md}; empty for none
     */
    public TestRun testRun(byte[] frame, int repeat, byte[] context) {
        Scratch scratch = Scratch.ofThisThread();
        Memory in = scratch.get(Scratch.Slot.VALUE, frame.length);
        in.write(0, frame, 0, frame.length);
        int room = frame.length + GROWTH;
        Memory out = scratch.get(Scratch.Slot.OUTPUT, room);
        Memory contextBytes = null;
        if (context.length > 0) {
            contextBytes = scratch.get(Scratch.Slot.CONTEXT, context.length);
            contextBytes.write(0, context, 0, context.length);
        }
        Pointer options = Options.testRun(in, frame.length, out, room, contextBytes, context.length, repeat);
        int error = LibBpf.bpf_prog_test_run_opts(fd(), options);
        if (error < 0) {
            throw new BpfException("test-run the", target(), -error);
        }
        return Options.testRunResult(options, out, contextBytes);
    }

    /** Gives the program a name in a BPF file system, under which it outlives this process. */
    public void pin(Path path) {
        descriptor.pin(path);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return target();
    }

    String target() {
        return descriptor.target();
    }
}
