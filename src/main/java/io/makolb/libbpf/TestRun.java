package io.makolb.libbpf;

/** What a program did with a frame in {@code BPF_PROG_TEST_RUN}. */
public final class TestRun {

    private final int verdict;
    private final byte[] frame;
    private final byte[] context;
    private final int nanoseconds;

    TestRun(int verdict, byte[] frame, byte[] context, int nanoseconds) {
        this.verdict = verdict;
        this.frame = frame;
        this.context = context;
        this.nanoseconds = nanoseconds;
    }

    /** The return value, for XDP {@code enum xdp_action}. */
    public int verdict() {
        return verdict;
    }

    /** The frame as the program left it; the array is the caller's. */
    public byte[] frame() {
        return frame;
    }

    /** The context as the program left it, empty when none was given; the array is the caller's. */
    public byte[] context() {
        return context;
    }

    /** Average time of one repetition. */
    public int nanoseconds() {
        return nanoseconds;
    }
}
