package io.makolb.reference;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Section 1: the order in which a frame is treated. One instance stands for one CPU: it has its own connections and limits.
 *
 * <p>A frame that cannot be read far enough is dropped if it is addressed to a VIP's address and left to the host otherwise, as
 * are fragments and options (decision 1). Where the specification leaves room, {@code docs/compatibility.md} says how it was read.
 */
public final class ReferenceBalancer {

    private static final int TUNNELS = 2;

    private final Settings settings;
    private final VipLookup vips;
    private final Tally tally = new Tally();
    private final ConnectionTable connections;
    private final GlobalConnections globalConnections = new GlobalConnections();
    private final RateLimit newConnections;
    private final RateLimit tooBigReplies;
    private final Rings rings = new Rings();
    private final FlowMigration migration = new FlowMigration();
    private final LocalDelivery localDelivery;
    private final Selection selection;
    private final Encapsulation encapsulation;
    private final ServerIds serverIds = new ServerIds();
    private final Identifiers identifiers;
    private final Decapsulation decapsulation;

    /**
     * A balancer that has seen nothing yet.
     *
     * @param settings what is set before the first packet
     * @param services the VIPs
     */
    public ReferenceBalancer(Settings settings, List<Service> services) {
        this.settings = settings;
        this.vips = new VipLookup(services);
        this.connections = new ConnectionTable(settings.udpTimeoutNanos());
        this.newConnections = new RateLimit(settings.maxNewConnections());
        this.tooBigReplies = new RateLimit(settings.tooBigRate());
        this.localDelivery = new LocalDelivery(settings);
        this.selection = new Selection(settings);
        this.encapsulation = new Encapsulation(settings);
        this.identifiers =
                new Identifiers(settings, serverIds, new IdentifiedFlows(connections, newConnections, tally), tally);
        this.decapsulation = new Decapsulation(settings);
    }

    /** From now on, new flows of a service are placed by another ring. */
    public void changeRing(Service service, List<Ip> ring) {
        rings.change(service, ring);
    }

    /** From now on, these reals are down for a service. */
    public void markDown(Service service, Set<Ip> reals) {
        migration.mark(service, reals);
    }

    /**
     * Lets a server id stand for a real.
     *
     * @param id 1 to 0x00FFFFFD
     * @param real absent: for none
     */
    public void putServerId(long id, Optional<Ip> real) {
        serverIds.put(id, real);
    }

    /** From now on, these reals are this machine itself. */
    public void markLocal(Set<Ip> reals) {
        localDelivery.mark(reals);
    }

    /** What was counted so far. */
    public Tally tally() {
        return tally;
    }

    /**
     * Treats one frame.
     *
     * @param frame from the Ethernet header on; not changed
     * @param now nanoseconds of a clock that never goes back
     */
    public Outcome receive(byte[] frame, long now) {
        tally.count(Counter.TOTAL_FRAMES);
        tally.count(Counter.TOTAL_BYTES, frame.length);
        boolean tagged =
                settings.vlan() && Bytes.present(frame, 0, Ethernet.HEADER) && Ethernet.type(frame) == VlanTag.TYPE;
        Outcome outcome = tagged ? tagged(frame, now) : tunnelled(frame, now, TUNNELS);
        countVerdict(outcome.verdict(), frame.length);
        return outcome;
    }

    /** At most so many tunnels inside each other are undone; then what is inside is treated as it is. */
    private Outcome tunnelled(byte[] frame, long now, int tunnels) {
        Optional<Decapsulation.Tunnel> found = tunnels == 0 ? Optional.empty() : decapsulation.tunnel(frame);
        if (found.isEmpty()) {
            return ethernet(frame, now);
        }
        Decapsulation.Tunnel tunnel = found.get();
        Ip destination = tunnel.ip().destination();
        Boolean leaves = settings.decap().destinations().get(destination);
        if (leaves != null) {
            tally.count(Counter.DECAP_DESTINATION);
        } else if (decapsulation.foreign(destination)) {
            return Outcome.pass(frame, "tunnel to somebody else");
        }
        if (leaves != null && Decapsulation.truncated(frame, tunnel)) {
            return drop(frame, Counter.DROP_MALFORMED);
        }
        Optional<Integer> version = Decapsulation.version(frame, tunnel);
        if (version.isEmpty() || Decapsulation.truncated(frame, tunnel)) {
            return ethernet(frame, now);
        }
        Optional<byte[]> inside = Decapsulation.undone(frame, tunnel, version.get());
        if (inside.isEmpty()) {
            return drop(frame, Counter.DROP_EXPIRED);
        }
        tally.count(tunnel.ip().v6() ? Counter.DECAP_V6 : Counter.DECAP_V4);
        if (leaves == null) {
            return Outcome.pass(inside.get(), "left to the host without its tunnel");
        }
        if (leaves) {
            tally.count(Counter.DECAP_EGRESS);
            return Outcome.reply(Ethernet.turnedRound(inside.get()), "out again without its tunnel");
        }
        tally.count(Counter.DECAP_INLINE);
        return tunnelled(inside.get(), now, tunnels - 1);
    }

    private Outcome ethernet(byte[] frame, long now) {
        if (!Bytes.present(frame, 0, Ethernet.HEADER)) {
            return drop(frame, Counter.DROP_MALFORMED);
        }
        return switch (Ethernet.type(frame)) {
            case Ethernet.IPV4 -> ip(frame, ParseIp.ipv4(frame, Ethernet.HEADER), now);
            case Ethernet.IPV6 -> ip(frame, ParseIp.ipv6(frame, Ethernet.HEADER), now);
            case VlanTag.TYPE -> Outcome.pass(frame, "VLAN");
            default -> Outcome.pass(frame, "not IP");
        };
    }

    /** A frame with a tag fares as it would without; the limit of frames does not count the tag. */
    private Outcome tagged(byte[] frame, long now) {
        if (!Bytes.present(frame, 0, Ethernet.HEADER + VlanTag.LENGTH)) {
            return drop(frame, Counter.DROP_MALFORMED);
        }
        Outcome outcome = tunnelled(VlanTag.without(frame), now, TUNNELS);
        return new Outcome(
                outcome.verdict(),
                VlanTag.insert(outcome.frame(), VlanTag.of(frame)),
                outcome.real(),
                outcome.reason());
    }

    private void countVerdict(Verdict verdict, int length) {
        tally.count(
                switch (verdict) {
                    case DROP -> Counter.DROP_FRAMES;
                    case PASS -> Counter.PASS_FRAMES;
                    case TX -> Counter.TX_FRAMES;
                });
        tally.count(
                switch (verdict) {
                    case DROP -> Counter.DROP_BYTES;
                    case PASS -> Counter.PASS_BYTES;
                    case TX -> Counter.TX_BYTES;
                },
                length);
    }

    private Outcome drop(byte[] frame, Counter why) {
        tally.count(why);
        return Outcome.drop(frame, why.name());
    }

    private Outcome ip(byte[] frame, Optional<IpHeader> parsed, long now) {
        if (parsed.isEmpty()) {
            return drop(frame, Counter.DROP_MALFORMED);
        }
        IpHeader ip = parsed.get();
        boolean forUs = vips.owns(ip.destination());
        if (ip.options()) {
            return forUs ? drop(frame, Counter.DROP_OPTIONS) : Outcome.pass(frame, "options, not for a VIP");
        }
        if (ip.fragment()) {
            return forUs ? drop(frame, Counter.DROP_FRAGMENT) : Outcome.pass(frame, "fragment, not for a VIP");
        }
        if (Icmp.is(ip)) {
            return icmp(frame, ip, forUs, now);
        }
        if (!Transport.known(ip.protocol())) {
            return Outcome.pass(frame, "unknown protocol");
        }
        Optional<Flow> flow = Transport.ofPacket(frame, ip);
        return flow.isPresent() ? flow(frame, ip, flow.get(), now) : truncated(frame, forUs);
    }

    private Outcome truncated(byte[] frame, boolean forUs) {
        return forUs ? drop(frame, Counter.DROP_MALFORMED) : Outcome.pass(frame, "truncated, not for a VIP");
    }

    private Outcome icmp(byte[] frame, IpHeader ip, boolean forUs, long now) {
        if (!Bytes.present(frame, ip.transport(), Icmp.HEADER)) {
            return truncated(frame, forUs);
        }
        if (Icmp.echoRequest(frame, ip) && forUs) {
            tally.count(ip.v6() ? Counter.ECHO_V6 : Counter.ECHO_V4);
            return Outcome.reply(EchoReply.to(frame, ip), "ping answered");
        }
        if (!Icmp.errorAboutAFlow(frame, ip)) {
            return Outcome.pass(frame, "ICMP that is not about a flow");
        }
        Optional<IpHeader> embedded = Icmp.embedded(frame, ip);
        if (embedded.isEmpty()) {
            return truncated(frame, forUs);
        }
        if (vips.owns(embedded.get().source())) {
            Icmp.countPathMtu(frame, ip, tally);
        }
        if (!Transport.known(embedded.get().protocol())) {
            return Outcome.pass(frame, "error about an unknown protocol");
        }
        Optional<Flow> flow = Transport.ofEmbedded(frame, embedded.get());
        if (flow.isEmpty()) {
            return truncated(frame, vips.owns(embedded.get().source()));
        }
        return flow(frame, ip, flow.get(), now);
    }

    private Outcome flow(byte[] frame, IpHeader ip, Flow flow, long now) {
        Optional<Service> found = vips.find(flow);
        if (found.isEmpty()) {
            return Outcome.pass(frame, "no VIP for " + flow);
        }
        Outcome outcome = packetOf(found.get(), frame, ip, flow, now);
        if (outcome.verdict() == Verdict.DROP) {
            tally.countDropped(found.get());
        }
        return outcome;
    }

    private Outcome packetOf(Service service, byte[] frame, IpHeader ip, Flow flow, long now) {
        if (frame.length > settings.maxFrameSize()) {
            return tooBig(frame, ip, now);
        }
        tally.count(Counter.VIP_PACKETS);
        Flow adapted = VipLookup.adapted(flow, service);
        if (service.has(Flag.NO_SPORT)) {
            adapted = adapted.withSourcePort(0);
        }
        Named named = identifiers.name(frame, ip, service, adapted, now);
        if (named.unreachable()) {
            return drop(frame, Counter.DROP_NO_REAL);
        }
        if (named.real().isPresent()) {
            return forward(
                    frame,
                    ip,
                    service,
                    adapted.source(),
                    adapted.sourcePort(),
                    named.real().get());
        }
        boolean remembers = !service.has(Flag.NO_LRU) && !service.has(Flag.DPORT_HASH);
        Optional<Ip> known = known(service, adapted, now);
        if (known.isPresent() && moves(service, adapted, known.get(), now)) {
            tally.count(Counter.UDP_FLOW_MIGRATION);
        } else if (known.isPresent()) {
            tally.count(Counter.TABLE_HITS);
            return forward(frame, ip, service, adapted.source(), adapted.sourcePort(), known.get());
        }
        return select(frame, ip, service, adapted, remembers, now);
    }

    /** The ring's choices for DPORT_HASH are not in the connection table (decision 10), those of identifiers are. */
    private Optional<Ip> known(Service service, Flow flow, long now) {
        Optional<Ip> real =
                service.has(Flag.NO_LRU) || flow.syn() ? Optional.empty() : connections.find(service, flow, now);
        if (real.isPresent()) {
            return real;
        }
        Optional<Ip> elsewhere = globalConnections.find(service, flow);
        elsewhere.ifPresent(found -> tally.count(Counter.GLOBAL_HITS));
        return elsewhere;
    }

    /** Somebody tells that another balancer has placed a flow; ports are those that packets of it are looked up with. */
    public void imported(Service service, Ip destination, Ip client, int clientPort, int port, Ip real) {
        globalConnections.enter(
                service, new Flow(client, destination, clientPort, port, service.protocol(), false, false), real);
    }

    /** Decision 9: this look at the limit is no connection; the one that is remembered is. */
    private boolean moves(Service service, Flow flow, Ip real, long now) {
        return !newConnections.isExhausted(now) && migration.moves(service, flow, real);
    }

    private Outcome tooBig(byte[] frame, IpHeader ip, long now) {
        // RFC 1122 section 3.2.2 and RFC 4443 section 2.4 forbid errors about errors. A rate of 0 is no limit that
        // suppresses.
        if (Icmp.is(ip) || settings.tooBigRate() == 0) {
            return drop(frame, Counter.DROP_TOO_BIG);
        }
        if (!tooBigReplies.admits(now)) {
            tally.count(Counter.TOO_BIG_SUPPRESSED);
            return drop(frame, Counter.DROP_TOO_BIG);
        }
        tally.count(ip.v6() ? Counter.TOO_BIG_V6 : Counter.TOO_BIG_V4);
        return Outcome.reply(TooBig.reply(frame, ip, settings.maxFrameSize()), "told that it is too big");
    }

    private Outcome select(byte[] frame, IpHeader ip, Service service, Flow flow, boolean remembers, long now) {
        tally.countMiss(service, flow);
        Optional<Ip> routed = routed(service, flow, now);
        if (routed.isPresent()) {
            return chosen(frame, ip, service, flow, flow, routed.get(), remembers, now);
        }
        List<Ip> ring = rings.of(service);
        if (ring.isEmpty()) {
            return service.passWhenEmpty()
                    ? Outcome.pass(frame, "VIP without reals passes")
                    : drop(frame, Counter.DROP_EMPTY_RING);
        }
        Flow hashed = Selection.adapted(flow, service);
        return chosen(frame, ip, service, flow, hashed, selection.real(hashed, ring), remembers, now);
    }

    /** Nobody is looked up while the limit of new connections is reached. */
    private Optional<Ip> routed(Service service, Flow flow, long now) {
        if (settings.sourceRouting().isEmpty() || !service.has(Flag.SRC_ROUTING) || !newConnections.wouldAdmit(now)) {
            return Optional.empty();
        }
        Optional<Ip> real = settings.sourceRouting().get().realOf(flow.source());
        tally.count(real.isPresent() ? Counter.SOURCE_ROUTE_HITS : Counter.SOURCE_ROUTE_MISSES);
        return real;
    }

    private Outcome chosen(
            byte[] frame, IpHeader ip, Service service, Flow flow, Flow sent, Ip real, boolean remembers, long now) {
        tally.count(Counter.SELECTIONS);
        if (remembers && !flow.rst()) {
            if (newConnections.admits(now)) {
                connections.remember(service, flow, real, now);
                tally.count(Counter.NEW_CONNECTIONS);
            } else {
                tally.count(Counter.RATE_LIMITED);
            }
        }
        return forward(frame, ip, service, sent.source(), flow.sourcePort(), real);
    }

    private Outcome forward(byte[] frame, IpHeader ip, Service service, Ip client, int port, Ip real) {
        if (localDelivery.takes(service, real)) {
            tally.countForwarded(service, real, ip.packetBytes());
            return Outcome.deliverHere(frame, real, "delivered here for " + service);
        }
        if (settings.gateway().isEmpty()) {
            return drop(frame, Counter.DROP_NO_GATEWAY);
        }
        tally.countForwarded(service, real, ip.packetBytes());
        byte[] gateway = settings.gateway().get();
        return Outcome.forward(
                encapsulation.encapsulated(frame, ip, client, port, real, gateway), real, "forwarded for " + service);
    }
}
