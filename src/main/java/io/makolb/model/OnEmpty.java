package io.makolb.model;

/** What happens to packets of a VIP that has no real to send them to. The order is part of the kernel layout. */
public enum OnEmpty {
    /** They are dropped. */
    DROP,
    /** The last ring stays in force. */
    KEEP,
    /** They are left to the host's own network stack. */
    PASS
}
