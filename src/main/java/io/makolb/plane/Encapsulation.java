package io.makolb.plane;

/** How packets travel to reals. The order is that of {@code MAKO_ENCAP_...} in bpf/layout.h. */
public enum Encapsulation {
    /** IP in IP (RFC 2003, RFC 2473): 20 or 40 bytes more. */
    IPIP,
    /** Generic UDP encapsulation, variant 1: 28 or 48 bytes more. */
    GUE
}
