package io.makolb.plane;

/** The counters of the whole plane. The order is that of struct mako_counters in bpf/layout.h. */
public enum PlaneCounter {
    TOTAL_FRAMES("Frames seen"),
    TOTAL_BYTES("Bytes of frames seen"),
    TX_FRAMES("Frames sent out again"),
    TX_BYTES("Bytes of frames sent out again, as they came in"),
    DROP_FRAMES("Frames dropped"),
    DROP_BYTES("Bytes of frames dropped"),
    PASS_FRAMES("Frames left to the host"),
    PASS_BYTES("Bytes of frames left to the host"),
    VIP_PACKETS("Packets of VIPs within the frame limit"),
    TABLE_HITS("Packets placed by the connection table"),
    SELECTIONS("Packets placed by the ring"),
    MISS_SYN("TCP SYNs placed by the ring"),
    MISS_NON_SYN("TCP packets without SYN placed by the ring"),
    MISS_UDP("UDP packets placed by the ring"),
    NEW_CONNECTIONS("Connections remembered"),
    RATE_LIMITED("Connections not remembered because of the new-connection limit"),
    FALLBACK_PACKETS("Packets on a CPU without a connection table of its own"),
    TOO_BIG_V4("Fragmentation-needed replies sent"),
    TOO_BIG_V6("Packet-too-big replies sent"),
    TOO_BIG_SUPPRESSED("Too-big replies not sent because of their limit"),
    ECHO_V4("IPv4 pings answered for a VIP"),
    ECHO_V6("IPv6 pings answered for a VIP"),
    FRAG_NEEDED_V4("Fragmentation-needed errors seen for a VIP"),
    FRAG_NEEDED_SMALL_V4("Of them, announcing less than 1280 bytes"),
    TOO_BIG_SEEN_V6("Packet-too-big errors seen for a VIP"),
    TOO_BIG_SEEN_SMALL_V6("Of them, announcing less than 1280 bytes"),
    ENCAP_FAIL_V4("Packets without room for an IPv4 outer header"),
    ENCAP_FAIL_V6("Packets without room for an IPv6 outer header"),
    DROP_MALFORMED("Drops: truncated headers"),
    DROP_FRAGMENT("Drops: fragments to a VIP"),
    DROP_OPTIONS("Drops: IPv4 options to a VIP"),
    DROP_TOO_BIG("Drops: frame over the limit"),
    DROP_EMPTY_RING("Drops: VIP without reals"),
    DROP_NO_REAL("Drops: ring slot or server id without a real that can be sent the packet"),
    DROP_NO_GATEWAY("Drops: the gateway's MAC is not known"),
    HEALTHCHECK_PROCESSED("Packets with a mark, sent to its real"),
    HEALTHCHECK_SKIPPED("Packets of this host without a mark, or with one that has no real"),
    HEALTHCHECK_DROPPED("Packets with a mark that were dropped"),
    HEALTHCHECK_TOO_BIG("Drops of health checks: too long with the outer header"),
    HEALTHCHECK_WRONG_FAMILY("Drops of health checks: IPv6 to an IPv4 real"),
    HEALTHCHECK_NO_SOURCE("Drops of health checks: no outer source address or tunnel device for the real"),
    HEALTHCHECK_ENCAP_FAIL("Drops of health checks: the kernel refused the outer header"),
    DROP_EXPIRED("Drops: the time to live inside a tunnel is over"),
    DECAP_V4("Tunnels undone, IPv4 outside"),
    DECAP_V6("Tunnels undone, IPv6 outside"),
    DECAP_DESTINATION("Tunnelled packets to decap destinations"),
    DECAP_INLINE("Tunnels undone whose content was balanced"),
    DECAP_EGRESS("Tunnels undone whose content left again"),
    UDP_FLOW_MIGRATION("UDP flows placed anew because their real is down"),
    QUIC_INITIAL("QUIC Initial and 0-RTT packets, which have no server id yet"),
    QUIC_BY_ID("QUIC packets sent to the real of their server id"),
    QUIC_WITHOUT_ID("QUIC packets without a server id that has a real"),
    QUIC_UNKNOWN_IDS("Of them, those with a server id"),
    QUIC_UNUSABLE_IDS("Drops: the real of the server id cannot be sent IPv6"),
    QUIC_IDS_V1("Server ids read from connection ids of format 1"),
    QUIC_IDS_V2("Server ids read from connection ids of format 2"),
    QUIC_IDS_V3("Server ids read from connection ids of format 3"),
    QUIC_TABLE_MATCH("QUIC packets sent by server id, of a flow that the connection table gives the same real"),
    QUIC_TABLE_MISMATCH("QUIC packets sent by server id, of a flow that the connection table gave another real"),
    QUIC_TABLE_NOT_FOUND("QUIC packets sent by server id, of a flow that the connection table did not know"),
    QUIC_ICMP("ICMP errors about flows of QUIC VIPs"),
    QUIC_ICMP_UNREACHABLE("Of them, host, address or port unreachable"),
    STABLE_BY_ID("Datagrams sent to the real of the server id in their header"),
    STABLE_WITHOUT_ID("Datagrams of VIPs with stable routing, without a server id that has a real for them"),
    STABLE_OTHER_PACKETS("Of them, those without the header"),
    STABLE_UNKNOWN_IDS("Of them, those with a server id that has no real"),
    STABLE_UNUSABLE_IDS("Of them, those with a server id whose real cannot be sent IPv6"),
    TCP_ID_SYN("SYNs, with TCP server-id routing"),
    TCP_BY_ID("TCP segments sent to the real of the server id in their options"),
    TCP_WITHOUT_ID("TCP segments without a server id that has a real for them"),
    TCP_TABLE_MISMATCH("TCP segments sent by server id, of a flow that the connection table gave another real"),
    GLOBAL_HITS("Packets of flows that only the global connection table knew");

    private final String help;

    PlaneCounter(String help) {
        this.help = help;
    }

    /** What it counts. */
    public String help() {
        return help;
    }
}
