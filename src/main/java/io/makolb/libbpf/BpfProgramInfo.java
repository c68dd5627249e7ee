package io.makolb.libbpf;

import com.sun.jna.Pointer;
import java.util.HexFormat;

/**
 * What the kernel knows about a program ({@code struct bpf_prog_info}).
 *
 * @param type {@code enum bpf_prog_type}; XDP is 6
 * @param id the kernel's number of the program, unique while it exists
 * @param tag digest of the instructions as 16 hexadecimal digits; it does not cover constants set before loading
 * @param name at most 15 characters
 * @param translatedBytes size of the verified program, dead code removed; 0 when privileges are missing to see it
 * @param jitedBytes size of the machine code; 0 when not compiled or privileges are missing
 * @param verifiedInstructions instructions the verifier looked at, once for each road that leads over them; 0 before Linux 5.16
 */
public record BpfProgramInfo(
        int type, int id, String tag, String name, int translatedBytes, int jitedBytes, int verifiedInstructions) {

    /** {@code sizeof(struct bpf_prog_info)} of the oldest kernels supported. */
    private static final long SIZE = 224;

    private static final int TAG_BYTES = 8;

    static BpfProgramInfo read(Descriptor descriptor) {
        Pointer info = descriptor.info(SIZE);
        return new BpfProgramInfo(
                info.getInt(0),
                info.getInt(4),
                HexFormat.of().formatHex(info.getByteArray(8, TAG_BYTES)),
                info.getString(64),
                info.getInt(20),
                info.getInt(16),
                info.getInt(216));
    }
}
