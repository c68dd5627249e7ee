package io.makolb.linux;

/** Capabilities that a load balancer may need, see capabilities(7). */
public enum Capability {
    /** Attach XDP programs, change neighbours, set socket marks. */
    CAP_NET_ADMIN(12),
    /** Stands in for CAP_BPF and CAP_PERFMON, and is needed to reach BPF objects by number. */
    CAP_SYS_ADMIN(21),
    /** Let programs read memory the verifier cannot prove to be theirs, such as pointer arithmetic on packets. */
    CAP_PERFMON(38),
    /** Create maps and load programs. */
    CAP_BPF(39);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** The bit in a capability mask. */
    int bit() {
        return bit;
    }
}
