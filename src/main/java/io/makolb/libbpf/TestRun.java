package io.makolb.libbpf;

/**
 * What a program did with a frame in {@code BPF_PROG_TEST_RUN}.
 *
 * @param verdict the return value, for XDP {@code enum xdp_action}
 * @param frame the frame as the program left it
 * @param context the context as the program left it; empty when none was given
 * @param nanoseconds average time of one repetition
 */
public record TestRun(int verdict, byte[] frame, byte[] context, int nanoseconds) {}
