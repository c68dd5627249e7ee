package io.makolb.model;

/** What is special about a VIP. The bits are Katran's, so that a fleet can be compared machine by machine. */
public enum VipFlag {
    /** The client's port plays no part: flows of one client go to one real. */
    NO_SPORT(0x1),
    /** No connection table: every packet is placed by the ring. */
    NO_LRU(0x2),
    /** Packets with a QUIC connection id that names a server go to its real; what a connection id says is looked for in every packet. */
    QUIC_VIP(0x4),
    /** Only the destination port is hashed: all clients of a port go to one real. */
    DPORT_HASH(0x8),
    /** Clients of certain networks go to reals of their own: those of the source routes. */
    SRC_ROUTING(0x10),
    /** Packets whose real is this machine are left to it as they came. */
    LOCAL_VIP(0x20),
    /** Flows that the connection table does not know are looked for among those that were imported. */
    GLOBAL_LRU(0x40),
    /** A VIP for every port keeps the destination port in hash and connection key. */
    HASH_SRC_DST_PORT(0x80),
    /** Datagrams that begin with a header that names a server go to its real. */
    UDP_STABLE_ROUTING(0x100),
    /** UDP flows leave a real that is down. */
    UDP_FLOW_MIGRATION(0x200);

    private final int bit;

    VipFlag(int bit) {
        this.bit = bit;
    }

    /** The bit of this flag in the kernel's word for the VIP. */
    public int bit() {
        return bit;
    }
}
