package io.makolb.reference;

/** Flags of a service; section 12. */
public enum Flag {
    NO_SPORT,
    NO_LRU,
    DPORT_HASH,
    GLOBAL_LRU,
    SRC_ROUTING,
    LOCAL_VIP,
    HASH_SRC_DST_PORT,
    QUIC_VIP,
    UDP_STABLE_ROUTING,
    UDP_FLOW_MIGRATION
}
