package io.makolb.libbpf;

import com.sun.jna.Pointer;

/**
 * What the kernel knows about the link of an interface ({@code struct bpf_link_info}).
 *
 * @param id the kernel's number of the link
 * @param programId the kernel's number of the attached program
 * @param interfaceIndex the interface, in whichever network namespace it is now; 0 when the link is severed from it
 */
public record BpfLinkInfo(int id, int programId, int interfaceIndex) {

    private static final long SIZE = 48;

    static BpfLinkInfo read(Descriptor descriptor) {
        Pointer info = descriptor.info(SIZE);
        return new BpfLinkInfo(info.getInt(4), info.getInt(8), info.getInt(16));
    }

    /** Whether the interface is gone; such a link never works again, even when an interface of that name returns. */
    public boolean isSevered() {
        return interfaceIndex == 0;
    }
}
