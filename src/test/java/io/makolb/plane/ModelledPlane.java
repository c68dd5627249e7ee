package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TestRun;
import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.DecapMode;
import io.makolb.model.HashFunction;
import io.makolb.model.MacAddress;
import io.makolb.model.OnEmpty;
import io.makolb.model.Prefix;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.reference.Outcome;
import io.makolb.reference.ReferenceBalancer;
import io.makolb.reference.ReferenceRing;
import io.makolb.reference.Service;
import io.makolb.reference.Settings;
import io.makolb.reference.SourceRouting;
import io.makolb.reference.Verdict;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The plane in the kernel and the model of it, with one configuration; every frame goes to both. */
final class ModelledPlane implements AutoCloseable {

    /** A VIP for both. */
    record VipPair(VipId id, Set<Flag> flags, HashFunction function, OnEmpty onEmpty, Map<Address, Integer> weights) {

        /** A VIP with defaults. */
        static VipPair of(String id, Map<Address, Integer> weights, Flag... flags) {
            return new VipPair(VipId.parse(id), Set.of(flags), HashFunction.MAGLEV_V2, OnEmpty.DROP, weights);
        }
    }

    /** What both did with a frame. */
    record Answers(Outcome expected, TestRun actual) {

        boolean agree() {
            return expected.verdict().xdpAction() == actual.verdict()
                    && Arrays.equals(expected.frame(), actual.frame());
        }
    }

    private static final MacAddress GATEWAY = MacAddress.parse("00:00:de:ad:be:af");

    private static final int RING_SIZE = 65537;

    /** Far more than the tests have, so that nothing is forgotten for want of room. */
    static final int ROOM_FOR_ALL = 600_000;

    private final ForwardingPlane plane;
    private final ServerIdTable serverIds;
    private final BpfProgram program;
    private final ReferenceBalancer model;
    private final List<Service> services = new ArrayList<>();
    private final Map<VipId, Service> servicesById = new LinkedHashMap<>();
    private final List<AgingFlows> flows;
    private long passed;
    private long deliveredHere;

    /**
     * Opens a plane and enters the VIPs into it and into a new model.
     *
     * @param machine where the plane is to be
     * @param gatewayKnown whether the next hop's MAC address is known
     * @param forwarding load-time settings of both
     * @param cores CPUs with a connection table, or {@code auto}
     * @param connections room in the connection tables; the model forgets nothing
     */
    ModelledPlane(
            TestMachine machine,
            List<VipPair> vips,
            boolean gatewayKnown,
            ForwardingProperties forwarding,
            String cores,
            int connections) {
        this(machine, vips, gatewayKnown, forwarding, cores, connections, Map.of());
    }

    /**
     * The same with tunnels.
     *
     * @param destinations where tunnels end
     */
    ModelledPlane(
            TestMachine machine,
            List<VipPair> vips,
            boolean gatewayKnown,
            ForwardingProperties forwarding,
            String cores,
            int connections,
            Map<Address, DecapMode> destinations) {
        this(
                machine,
                vips,
                gatewayKnown,
                forwarding,
                cores,
                connections,
                destinations,
                BulkSet.empty(BulkKind.SOURCE_ROUTES));
    }

    /**
     * The same with source routes.
     *
     * @param routes reals for clients of certain networks
     */
    ModelledPlane(
            TestMachine machine,
            List<VipPair> vips,
            boolean gatewayKnown,
            ForwardingProperties forwarding,
            String cores,
            int connections,
            Map<Address, DecapMode> destinations,
            BulkSet<Prefix> routes) {
        KernelPlane kernel = machine.open(properties(machine, cores, connections), forwarding);
        this.plane = machine.fromInside(kernel);
        PlanDraft entering = new PlanDraft(plane.read());
        vips.stream().flatMap(vip -> vip.weights().keySet().stream()).distinct().forEach(entering::enterReal);
        vips.forEach(vip -> entering.enterVip(vip.id(), vip.weights()));
        destinations.forEach(entering::putDecap);
        routes.reals().stream()
                .filter(real -> !entering.image().reals().containsKey(real))
                .forEach(entering::enterReal);
        entering.changeBulk(routes);
        if (gatewayKnown) {
            entering.changeInterface(
                    TestMachine.INTERFACE, new InterfaceImage(true, AttachMode.AUTO, Optional.of(GATEWAY)));
        }
        putInForce(entering, 1);
        PlanDraft changing = new PlanDraft(plane.read());
        for (VipPair vip : vips) {
            changing.changeVip(vip.id(), bits(vip.flags()), vip.function(), vip.onEmpty());
            Service service = service(vip);
            services.add(service);
            servicesById.put(vip.id(), service);
        }
        putInForce(changing, 2);
        this.serverIds = kernel.serverIds();
        this.program = kernel.runningProgram();
        this.flows = AgingFlows.of(machine.pins());
        Settings settings = settings(forwarding, destinations);
        if (forwarding.sourceRouting()) {
            settings = settings.withSourceRouting(model(routes));
        }
        this.model = new ReferenceBalancer(
                gatewayKnown ? settings : settings.withoutGateway(), found(services, forwarding.prefixVips()));
    }

    /** Where prefixes are switched off, packets do not find those that are there. */
    private static List<Service> found(List<Service> services, boolean prefixes) {
        return services.stream()
                .filter(service ->
                        prefixes || service.prefixLength() == service.address().bits())
                .toList();
    }

    /** Usual settings with these limits. */
    static ForwardingProperties forwarding(int tooBigRate, int newConnections, Duration udpTimeout) {
        return TestProperties.forwarding(
                "icmp-too-big-rate", tooBigRate, "max-new-connections", newConnections, "udp-timeout", udpTimeout);
    }

    private static Settings settings(ForwardingProperties forwarding, Map<Address, DecapMode> destinations) {
        Settings settings = Settings.of(gateway())
                .withTooBigRate(forwarding.icmpTooBig() ? forwarding.icmpTooBigRate() : 0)
                .withMaxNewConnections(forwarding.maxNewConnections())
                .withUdpTimeout(forwarding.udpTimeout());
        if (forwarding.udpStableRouting()) {
            settings = settings.withUdpStableRouting();
        }
        if (forwarding.tcpServerIdRouting()) {
            settings = settings.withTcpServerIdRouting();
        }
        if (forwarding.localDelivery()) {
            settings = settings.withLocalDelivery();
        }
        if (forwarding.vlan()) {
            settings = settings.withVlan();
        }
        if (forwarding.encapsulation() == Encapsulation.GUE) {
            settings = settings.withGue(new Settings.Gue(
                    forwarding.guePort(), Ip.of(forwarding.encapSourceV4()), Ip.of(forwarding.encapSourceV6())));
        }
        Map<Ip, Boolean> ends = new HashMap<>();
        destinations.forEach((address, mode) -> ends.put(Ip.of(address.toBytes()), mode == DecapMode.EGRESS));
        boolean strict = forwarding.strictDecapDestination();
        return settings.withDecap(new Settings.Decap(
                forwarding.inlineTunnels().contains(Encapsulation.IPIP),
                forwarding.inlineTunnels().contains(Encapsulation.GUE) ? forwarding.guePort() : 0,
                strict,
                Ip.of(strict ? forwarding.encapSourceV4() : "0.0.0.0"),
                Ip.of(strict ? forwarding.encapSourceV6() : "::"),
                ends));
    }

    private static SourceRouting model(BulkSet<Prefix> routes) {
        List<SourceRouting.Route> model = new ArrayList<>();
        routes.all()
                .forEachRemaining(route -> model.add(new SourceRouting.Route(
                        Ip.of(route.getKey().address().toBytes()),
                        route.getKey().length(),
                        Ip.of(route.getValue().toBytes()))));
        return new SourceRouting(model);
    }

    private static DataplaneProperties properties(TestMachine machine, String cores, int connections) {
        return TestProperties.dataplane(
                machine.pins(),
                "max-vips",
                64,
                "max-reals",
                64,
                "ring-size",
                RING_SIZE,
                "connection-table-size",
                connections,
                "forwarding-cores",
                cores);
    }

    private void putInForce(PlanDraft draft, long revision) {
        StagedPlan staged = plane.stage(draft.plan(revision));
        staged.switchOver();
        staged.verify();
    }

    /** The gateway's address as six bytes. */
    private static byte[] gateway() {
        return Arrays.copyOfRange(
                BigInteger.valueOf(GATEWAY.bits())
                        .or(BigInteger.ONE.shiftLeft(48))
                        .toByteArray(),
                1,
                7);
    }

    /** Lets a server id stand for a real that a VIP has. */
    void putServerId(int id, Address real) {
        putServerIndex(
                id,
                Objects.requireNonNull(plane.read().reals().get(real), "no such real")
                        .index());
        model.putServerId(id, Optional.of(Ip.of(real.toBytes())));
    }

    /** Lets a server id stand for no real. */
    void removeServerId(int id) {
        putServerIndex(id, 0);
        model.putServerId(id, Optional.empty());
    }

    /** Lets a server id stand for whatever has this index, in the kernel alone. */
    void putServerIndex(int id, int index) {
        BitSet pages = new BitSet();
        pages.set(ServerIdTable.pageOf(id));
        serverIds.prepare(pages);
        try (ServerIdTable.Page page = serverIds.page(ServerIdTable.pageOf(id))) {
            page.put(id, index);
        }
    }

    List<Service> services() {
        return services;
    }

    Map<VipId, Service> servicesById() {
        return servicesById;
    }

    ReferenceBalancer model() {
        return model;
    }

    CounterSample counters() {
        return plane.counters();
    }

    /** Gives the reals of a VIP other weights. */
    void changeWeights(VipPair vip, Map<Address, Integer> weights) {
        VipPair changed = new VipPair(vip.id(), vip.flags(), vip.function(), vip.onEmpty(), weights);
        model.changeRing(serviceOf(vip.id()), service(changed).ring());
        putInForce(new PlanDraft(plane.read()).changeMembers(vip.id(), weights), 3);
    }

    /** Makes every connection older, as if nothing had come for so long. */
    void letTimePass(Duration time) {
        passed += time.toNanos();
        flows.forEach(table -> table.age(time));
    }

    private Service serviceOf(VipId id) {
        Service service = servicesById.get(id);
        if (service == null) {
            throw new IllegalArgumentException("There is no VIP " + id);
        }
        return service;
    }

    /** From now on, these reals are down for a VIP. */
    void markDown(VipId id, Set<Address> reals) {
        Service service = serviceOf(id);
        Set<Ip> ips = new HashSet<>();
        reals.forEach(real -> ips.add(Ip.of(real.toBytes())));
        model.markDown(service, ips);
        putInForce(new PlanDraft(plane.read()).markDown(id, reals), 3);
    }

    /** What the connection tables remember. */
    List<Connection> connections() {
        return plane.listConnections(ConnectionFilter.ALL, ConnectionPosition.BEGIN, Integer.MAX_VALUE)
                .connections();
    }

    /** Connections that another balancer has placed. */
    Imported importConnections(List<Connection> connections) {
        ConnectionLoad load = new ConnectionLoad();
        for (Connection one : connections) {
            load.add(
                    one.vip(),
                    one.real(),
                    Optional.of(one.destination()),
                    one.client(),
                    one.clientPort(),
                    one.port(),
                    one.silent());
            Service service = servicesById.get(one.vip());
            if (service != null && service.flags().contains(Flag.GLOBAL_LRU)) {
                model.imported(
                        service,
                        Ip.of(one.destination().toBytes()),
                        Ip.of(one.client().toBytes()),
                        one.clientPort(),
                        one.port(),
                        Ip.of(one.real().toBytes()));
            }
        }
        return plane.importConnections(load, false);
    }

    /** From now on, these reals and no others are this machine itself. */
    void markLocal(Set<Address> reals) {
        Set<Ip> ips = new HashSet<>();
        reals.forEach(real -> ips.add(Ip.of(real.toBytes())));
        model.markLocal(ips);
        PlanDraft draft = new PlanDraft(plane.read());
        List.copyOf(draft.image().reals().keySet()).forEach(real -> draft.changeReal(real, reals.contains(real)));
        putInForce(draft, 4);
    }

    /** What both do with a frame. */
    Answers run(byte[] frame) {
        Outcome expected = model.receive(frame, System.nanoTime() + passed);
        if (expected.verdict() == Verdict.PASS && expected.real().isPresent()) {
            deliveredHere++;
        }
        return new Answers(expected, program.testRun(frame));
    }

    /** How many frames of those that ran the model left to this machine because their real is. No counter tells. */
    long deliveredHere() {
        return deliveredHere;
    }

    @Override
    public void close() {
        plane.close();
    }

    private static Service service(VipPair vip) {
        Map<Ip, Integer> weights = new HashMap<>();
        new TreeMap<>(vip.weights()).forEach((address, weight) -> weights.put(Ip.of(address.toBytes()), weight));
        ReferenceRing variant = switch (vip.function()) {
            case MAGLEV -> ReferenceRing.MAGLEV;
            case MAGLEV_V2 -> ReferenceRing.MAGLEV_V2;
        };
        return new Service(
                Ip.of(vip.id().address().toBytes()),
                vip.id().prefixLength(),
                vip.id().port(),
                vip.id().protocol() == Protocol.TCP ? Service.TCP : Service.UDP,
                vip.flags(),
                vip.onEmpty() == OnEmpty.PASS,
                variant.of(weights, RING_SIZE));
    }

    private static int bits(Set<Flag> flags) {
        return flags.stream()
                .mapToInt(flag -> io.makolb.model.VipFlag.valueOf(flag.name()).bit())
                .reduce(0, (a, b) -> a | b);
    }
}
