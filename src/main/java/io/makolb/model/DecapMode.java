package io.makolb.model;

/** What becomes of a packet whose tunnel ended at this machine. */
public enum DecapMode {
    /** It is balanced as if it had arrived without the tunnel. */
    INLINE,
    /** It leaves by the interface it came from. */
    EGRESS
}
