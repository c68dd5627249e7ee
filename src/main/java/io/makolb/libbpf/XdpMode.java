package io.makolb.libbpf;

/** Where in the receive path an XDP program runs. */
public enum XdpMode {
    /** In the driver, before the kernel allocates anything for the frame. */
    NATIVE(1 << 2),
    /** In the network stack, for drivers without XDP: correct but slow. */
    GENERIC(1 << 1);

    /** {@code XDP_FLAGS_...} of {@code linux/if_link.h}. */
    private final int flags;

    XdpMode(int flags) {
        this.flags = flags;
    }

    int flags() {
        return flags;
    }
}
