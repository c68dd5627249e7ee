package io.makolb.reference;

/** Steps k, l and the first part of n of section 1: the real that something in the packet names. */
final class Identifiers {

    private final Settings settings;
    private final QuicRouting quic;
    private final StableUdpRouting stable;
    private final TcpServerIdRouting tcp;

    Identifiers(Settings settings, ServerIds ids, IdentifiedFlows flows, Tally tally) {
        this.settings = settings;
        this.quic = new QuicRouting(ids, flows, tally);
        this.stable = new StableUdpRouting(ids, tally);
        this.tcp = new TcpServerIdRouting(ids, flows, tally);
    }

    /** A later kind of identifier overrules an earlier one; TCP options are only looked for when nothing was named before. */
    Named name(byte[] frame, IpHeader ip, Service service, Flow flow, long now) {
        Named named = service.has(Flag.QUIC_VIP) ? quic.name(frame, ip, service, flow, now) : Named.NOBODY;
        if (named.unreachable()) {
            return named;
        }
        if (settings.udpStableRouting() && service.has(Flag.UDP_STABLE_ROUTING) && flow.udp()) {
            Named byHeader = stable.name(frame, ip);
            named = byHeader.real().isPresent() ? byHeader : named;
        }
        if (settings.tcpServerIdRouting() && !flow.udp() && named.real().isEmpty()) {
            named = tcp.name(frame, ip, service, flow, now);
        }
        return named;
    }
}
