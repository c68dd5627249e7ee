package io.makolb.stats;

import static io.makolb.plane.PlaneCounter.*;

import io.makolb.plane.PlaneCounter;
import java.util.List;

/**
 * The plane's counters as metric families. Names follow the Prometheus naming practices: base units, one unit per family;
 * {@code _total} is added when they are written out. What a family's series add up to means something.
 */
final class PlaneFamilies {

    /**
     * A metric family.
     *
     * @param name without {@code _total}
     * @param label name of the label that tells its series apart; empty when there is only one
     */
    record Family(String name, String help, String label, List<Series> series) {}

    /** One counter of a family. */
    record Series(String labelValue, PlaneCounter counter) {}

    static final List<Family> ALL = List.of(
            family("mako_plane_received_frames", "Frames seen by the program.", TOTAL_FRAMES),
            family("mako_plane_received_bytes", "Bytes of frames seen by the program.", TOTAL_BYTES),
            new Family(
                    "mako_plane_frames",
                    "Frames by verdict: tx = sent out again, drop = dropped, pass = left to the host.",
                    "verdict",
                    List.of(series("tx", TX_FRAMES), series("drop", DROP_FRAMES), series("pass", PASS_FRAMES))),
            new Family(
                    "mako_plane_bytes",
                    "Bytes of frames, as they came in, by verdict.",
                    "verdict",
                    List.of(series("tx", TX_BYTES), series("drop", DROP_BYTES), series("pass", PASS_BYTES))),
            family("mako_plane_vip_packets", "Packets of VIPs within the frame limit.", VIP_PACKETS),
            family("mako_plane_table_hits", "Packets placed by the connection table.", TABLE_HITS),
            family("mako_plane_selections", "Packets placed by the ring.", SELECTIONS),
            new Family(
                    "mako_plane_table_misses",
                    "Packets that the connection table did not know, by kind.",
                    "kind",
                    List.of(series("tcp_syn", MISS_SYN), series("tcp_non_syn", MISS_NON_SYN), series("udp", MISS_UDP))),
            family("mako_plane_new_connections", "Connections remembered in the connection table.", NEW_CONNECTIONS),
            family(
                    "mako_plane_unremembered_connections",
                    "Connections not remembered because of the new-connection limit.",
                    RATE_LIMITED),
            family(
                    "mako_plane_fallback_packets",
                    "Packets on a CPU without a connection table of its own.",
                    FALLBACK_PACKETS),
            family(
                    "mako_plane_migrated_flows",
                    "UDP flows placed anew because their real is down.",
                    UDP_FLOW_MIGRATION),
            families("mako_plane_too_big_replies", "Too-big replies sent, by IP version.", TOO_BIG_V4, TOO_BIG_V6),
            family(
                    "mako_plane_suppressed_too_big_replies",
                    "Too-big replies not sent because of their limit.",
                    TOO_BIG_SUPPRESSED),
            families("mako_plane_echo_replies", "Pings answered for a VIP, by IP version.", ECHO_V4, ECHO_V6),
            families(
                    "mako_plane_path_mtu_errors",
                    "Path-MTU errors seen for a VIP, by IP version.",
                    FRAG_NEEDED_V4,
                    TOO_BIG_SEEN_V6),
            families(
                    "mako_plane_small_path_mtu_errors",
                    "Path-MTU errors seen for a VIP that announce less than 1280 bytes, by IP version.",
                    FRAG_NEEDED_SMALL_V4,
                    TOO_BIG_SEEN_SMALL_V6),
            families(
                    "mako_plane_encapsulation_failures",
                    "Packets without room for an outer header, by its IP version.",
                    ENCAP_FAIL_V4,
                    ENCAP_FAIL_V6),
            families(
                    "mako_plane_tunnels_undone",
                    "Tunnels undone, by IP version of the outer header.",
                    DECAP_V4,
                    DECAP_V6),
            new Family(
                    "mako_plane_tunnelled_packets",
                    "Packets to decap destinations: received = all of them, inline = balanced, egress = out again.",
                    "outcome",
                    List.of(
                            series("received", DECAP_DESTINATION),
                            series("inline", DECAP_INLINE),
                            series("egress", DECAP_EGRESS))),
            new Family(
                    "mako_quic_packets",
                    "Packets of QUIC VIPs: initial = no server has named itself yet, by_id = sent to the real of the server id,"
                            + " without_id = placed by table or ring, dropped = the id's real cannot be sent IPv6.",
                    "outcome",
                    List.of(
                            series("initial", QUIC_INITIAL),
                            series("by_id", QUIC_BY_ID),
                            series("without_id", QUIC_WITHOUT_ID),
                            series("dropped", QUIC_UNUSABLE_IDS))),
            new Family(
                    "mako_quic_server_ids",
                    "Server ids read from QUIC connection ids, by their format.",
                    "format",
                    List.of(series("1", QUIC_IDS_V1), series("2", QUIC_IDS_V2), series("3", QUIC_IDS_V3))),
            family("mako_quic_unknown_server_ids", "Server ids in QUIC packets that have no real.", QUIC_UNKNOWN_IDS),
            new Family(
                    "mako_quic_table_checks",
                    "What the connection table said of flows of QUIC packets sent by server id.",
                    "result",
                    List.of(
                            series("match", QUIC_TABLE_MATCH),
                            series("mismatch", QUIC_TABLE_MISMATCH),
                            series("not_found", QUIC_TABLE_NOT_FOUND))),
            family("mako_quic_icmp_errors", "ICMP errors about flows of QUIC VIPs.", QUIC_ICMP),
            family(
                    "mako_quic_icmp_unreachable_errors",
                    "ICMP errors about flows of QUIC VIPs: host, address or port unreachable.",
                    QUIC_ICMP_UNREACHABLE),
            new Family(
                    "mako_udp_stable_packets",
                    "Datagrams of VIPs with stable routing: by_id = sent to the real of the server id, without_id = placed"
                            + " otherwise.",
                    "outcome",
                    List.of(series("by_id", STABLE_BY_ID), series("without_id", STABLE_WITHOUT_ID))),
            new Family(
                    "mako_udp_stable_misses",
                    "Why datagrams of VIPs with stable routing were not sent by server id: other_packet = without the header,"
                            + " unknown_id = the id has no real, unusable_id = its real cannot be sent IPv6.",
                    "reason",
                    List.of(
                            series("other_packet", STABLE_OTHER_PACKETS),
                            series("unknown_id", STABLE_UNKNOWN_IDS),
                            series("unusable_id", STABLE_UNUSABLE_IDS))),
            new Family(
                    "mako_tcp_server_id_packets",
                    "Segments with TCP server-id routing: syn = no server has named itself yet, by_id = sent to the real of"
                            + " the server id, without_id = placed otherwise.",
                    "outcome",
                    List.of(
                            series("syn", TCP_ID_SYN),
                            series("by_id", TCP_BY_ID),
                            series("without_id", TCP_WITHOUT_ID))),
            family(
                    "mako_tcp_server_id_mismatches",
                    "Segments sent by server id, of a flow that the connection table gave another real.",
                    TCP_TABLE_MISMATCH),
            family(
                    "mako_global_table_hits",
                    "Packets of flows that the global connection table knew: they were imported from another balancer.",
                    GLOBAL_HITS),
            new Family(
                    "mako_source_route_packets",
                    "Packets of VIPs with SRC_ROUTING that the connection table did not know: hit = sent to the real of their"
                            + " client's route, miss = placed by the ring.",
                    "outcome",
                    List.of(series("hit", SOURCE_ROUTE_HITS), series("miss", SOURCE_ROUTE_MISSES))),
            new Family(
                    "mako_plane_drops",
                    "Drops whose reason is known.",
                    "reason",
                    List.of(
                            series("malformed", DROP_MALFORMED),
                            series("fragment", DROP_FRAGMENT),
                            series("ip_options", DROP_OPTIONS),
                            series("frame_too_big", DROP_TOO_BIG),
                            series("empty_ring", DROP_EMPTY_RING),
                            series("no_real", DROP_NO_REAL),
                            series("no_gateway", DROP_NO_GATEWAY),
                            series("expired", DROP_EXPIRED))),
            new Family(
                    "mako_healthcheck_packets",
                    "Packets that left this host, by what became of them: processed = marked and sent to the mark's real,"
                            + " skipped = without a mark that has a real, dropped = marked and dropped.",
                    "outcome",
                    List.of(
                            series("processed", HEALTHCHECK_PROCESSED),
                            series("skipped", HEALTHCHECK_SKIPPED),
                            series("dropped", HEALTHCHECK_DROPPED))),
            new Family(
                    "mako_healthcheck_drops",
                    "Drops of marked packets, by reason.",
                    "reason",
                    List.of(
                            series("too_big", HEALTHCHECK_TOO_BIG),
                            series("wrong_family", HEALTHCHECK_WRONG_FAMILY),
                            series("no_source", HEALTHCHECK_NO_SOURCE),
                            series("encapsulation", HEALTHCHECK_ENCAP_FAIL))));

    private PlaneFamilies() {}

    private static Family family(String name, String help, PlaneCounter counter) {
        return new Family(name, help, "", List.of(series("", counter)));
    }

    private static Family families(String name, String help, PlaneCounter v4, PlaneCounter v6) {
        return new Family(name, help, "ip_version", List.of(series("4", v4), series("6", v6)));
    }

    private static Series series(String labelValue, PlaneCounter counter) {
        return new Series(labelValue, counter);
    }
}
