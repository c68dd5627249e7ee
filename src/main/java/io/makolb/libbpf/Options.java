package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code struct ..._opts} of libbpf 1.1, built byte by byte: 64-bit layout, first the size this binding knows, which
 * lets later libraries ignore their newer fields.
 */
final class Options {

    /** {@code BPF_F_NUMA_NODE}: the field numa_node is valid. */
    static final int NUMA_NODE_FLAG = 1 << 2;

    /** Offset of prog_id in {@code struct bpf_tc_opts}. */
    static final int TC_PROGRAM_ID = 16;

    /** {@code BPF_TC_EGRESS} of {@code enum bpf_tc_attach_point}. */
    private static final int TC_EGRESS = 1 << 1;

    /** {@code BPF_TC_F_REPLACE}. */
    private static final int TC_REPLACE = 1;

    private Options() {}

    /** {@code struct bpf_map_create_opts}. */
    static Pointer mapCreate(BpfMapSpec spec) {
        Pointer options = sized(48);
        BpfMap inner = spec.inner();
        if (inner != null) {
            options.setInt(24, inner.fd());
        }
        int flags = spec.flags();
        if (spec.numaNode() != BpfMapSpec.ANY_NUMA_NODE) {
            flags |= NUMA_NODE_FLAG;
            options.setInt(40, spec.numaNode());
        }
        options.setInt(28, flags);
        return options;
    }

    /** {@code struct bpf_map_batch_opts}. */
    static Pointer batch(long elementFlags) {
        Pointer options = sized(24);
        options.setLong(8, elementFlags);
        return options;
    }

    /** {@code struct bpf_link_create_opts} up to its flags. */
    static Pointer linkCreate(int flags) {
        Pointer options = sized(16);
        options.setInt(8, flags);
        return options;
    }

    /** {@code struct bpf_tc_hook} for what leaves an interface. */
    static Pointer egressHook(int interfaceIndex) {
        Pointer hook = sized(24);
        hook.setInt(8, interfaceIndex);
        hook.setInt(12, TC_EGRESS);
        return hook;
    }

    /** {@code struct bpf_tc_opts}, usable beside {@link #egressHook}; the answer's program stands at {@link #TC_PROGRAM_ID}. */
    static Pointer filter(int programFd, boolean replace, int handle, int priority) {
        Pointer options = Scratch.ofThisThread().cleared(Scratch.Slot.VALUE, 32);
        options.setLong(0, 32);
        options.setInt(8, programFd);
        options.setInt(12, replace ? TC_REPLACE : 0);
        options.setInt(20, handle);
        options.setInt(24, priority);
        return options;
    }

    /** {@code struct bpf_object_open_opts} up to the object's name; the name must live until the object is open. */
    static Pointer objectOpen(Memory name) {
        Pointer options = sized(16);
        options.setPointer(8, name);
        return options;
    }

    /** {@code struct bpf_test_run_opts}. */
    static Pointer testRun(
            Pointer in, int inSize, Pointer out, int outSize, @Nullable Pointer context, int contextSize, int repeat) {
        Pointer options = sized(80);
        options.setPointer(8, in);
        options.setPointer(16, out);
        options.setInt(24, inSize);
        options.setInt(28, outSize);
        if (context != null) {
            options.setPointer(32, context);
            options.setPointer(40, context);
            options.setInt(48, contextSize);
            options.setInt(52, contextSize);
        }
        options.setInt(60, repeat);
        return options;
    }

    /** What the kernel wrote back into {@link #testRun}. */
    static TestRun testRunResult(Pointer options, Pointer out, @Nullable Pointer context) {
        return new TestRun(
                options.getInt(56),
                out.getByteArray(0, options.getInt(28)),
                context == null ? new byte[0] : context.getByteArray(0, options.getInt(52)),
                options.getInt(64));
    }

    private static Pointer sized(long size) {
        Pointer options = Scratch.ofThisThread().cleared(Scratch.Slot.OPTIONS, size);
        options.setLong(0, size);
        return options;
    }
}
