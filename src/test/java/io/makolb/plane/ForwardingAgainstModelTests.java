package io.makolb.plane;

import static io.makolb.reference.Flag.DPORT_HASH;
import static io.makolb.reference.Flag.HASH_SRC_DST_PORT;
import static io.makolb.reference.Flag.LOCAL_VIP;
import static io.makolb.reference.Flag.NO_LRU;
import static io.makolb.reference.Flag.NO_SPORT;
import static io.makolb.reference.Flag.QUIC_VIP;
import static io.makolb.reference.Flag.UDP_FLOW_MIGRATION;
import static io.makolb.reference.Flag.UDP_STABLE_ROUTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.RandomFrames;
import io.makolb.frames.RandomTunnels;
import io.makolb.model.Address;
import io.makolb.model.DecapMode;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.plane.ModelledPlane.Answers;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Counter;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.reference.Outcome;
import io.makolb.reference.Service;
import io.makolb.reference.Tally;
import io.makolb.reference.VlanTag;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in the kernel does with every frame what the independent model says, and counts it so. */
@BpfTest
class ForwardingAgainstModelTests {

    private static final int FRAMES = 100_000;
    private static final int SMALLEST_TABLE = 1000;
    private static final int CPU = 0;

    static final Map<Address, Integer> RING_A = reals("10.0.0.1 1 10.0.0.2 2 10.0.0.3 3");
    static final Map<Address, Integer> RING_B = reals("fc00::1 1 fc00::2 7 fc00::3 0");
    static final Map<Address, Integer> MIXED = reals("10.0.0.1 1 fc00::2 1 10.0.0.9 1");

    static final List<VipPair> VIPS = List.of(
            VipPair.of("10.200.1.1-80-tcp", RING_A),
            VipPair.of("10.200.1.1-80-udp", RING_A),
            VipPair.of("10.200.1.1-0-tcp", MIXED),
            VipPair.of("10.200.1.1-443-udp", MIXED, NO_SPORT),
            VipPair.of("10.200.1.2-0-udp", RING_A),
            VipPair.of("10.200.1.3-80-tcp", RING_B),
            VipPair.of("10.200.1.4-0-tcp", RING_A, DPORT_HASH),
            VipPair.of("10.200.1.5-0-udp", MIXED, HASH_SRC_DST_PORT),
            VipPair.of("10.200.1.6-80-tcp", RING_A, NO_LRU),
            VipPair.of("10.200.1.6-0-udp", MIXED, UDP_FLOW_MIGRATION),
            VipPair.of("10.200.1.6-53-udp", RING_A, UDP_FLOW_MIGRATION, NO_SPORT),
            VipPair.of("10.200.1.6-81-tcp", MIXED, LOCAL_VIP),
            VipPair.of("10.200.1.6-55-udp", RING_A, LOCAL_VIP, UDP_FLOW_MIGRATION, NO_LRU),
            VipPair.of("10.200.1.6-54-udp", RING_A, UDP_FLOW_MIGRATION, NO_LRU),
            VipPair.of("10.200.1.7-80-tcp", RING_A, NO_SPORT, NO_LRU, DPORT_HASH),
            VipPair.of("10.200.1.8-0-tcp", RING_B, DPORT_HASH, HASH_SRC_DST_PORT, NO_SPORT),
            new VipPair(VipId.parse("10.200.1.9-80-tcp"), Set.of(), HashFunction.MAGLEV, OnEmpty.DROP, RING_A),
            new VipPair(VipId.parse("10.200.1.9-81-tcp"), Set.of(), HashFunction.MAGLEV_V2, OnEmpty.DROP, Map.of()),
            new VipPair(VipId.parse("10.200.1.9-0-udp"), Set.of(), HashFunction.MAGLEV_V2, OnEmpty.PASS, Map.of()),
            VipPair.of("fc00:1::1-80-tcp", RING_B),
            VipPair.of("fc00:1::1-80-udp", RING_B),
            VipPair.of("fc00:1::2-0-tcp", RING_B),
            VipPair.of("fc00:1::2-0-udp", RING_B, HASH_SRC_DST_PORT),
            VipPair.of("fc00:1::3-443-tcp", RING_B, DPORT_HASH),
            VipPair.of("fc00:1::4-443-udp", RING_B, NO_SPORT),
            VipPair.of("fc00:1::5-443-udp", RING_B, NO_LRU),
            VipPair.of("fc00:1::5-54-tcp", RING_B, LOCAL_VIP),
            VipPair.of("fc00:1::5-53-udp", RING_B, UDP_FLOW_MIGRATION),
            new VipPair(VipId.parse("fc00:1::6-0-tcp"), Set.of(), HashFunction.MAGLEV_V2, OnEmpty.PASS, Map.of()),
            new VipPair(VipId.parse("fc00:1::6-0-udp"), Set.of(), HashFunction.MAGLEV_V2, OnEmpty.DROP, Map.of()));

    private static final Map<Integer, Address> SERVER_IDS = Map.of(
            1, Address.parse("10.0.0.1"),
            2, Address.parse("fc00::2"),
            1026, Address.parse("10.0.0.2"),
            0xFFFF, Address.parse("10.0.0.9"),
            0x10000, Address.parse("fc00::1"),
            197_634, Address.parse("fc00::2"),
            0x00FFFFFD, Address.parse("10.0.0.3"));

    private static final List<VipPair> IDENTIFYING = List.of(
            VipPair.of("10.200.1.1-443-udp", MIXED, QUIC_VIP),
            VipPair.of("10.200.1.1-0-tcp", RING_A),
            VipPair.of("10.200.1.2-0-udp", RING_A, QUIC_VIP, NO_SPORT),
            VipPair.of("10.200.1.3-443-udp", RING_A, QUIC_VIP, NO_LRU),
            VipPair.of("10.200.1.4-443-udp", RING_A, QUIC_VIP, DPORT_HASH),
            VipPair.of("10.200.1.5-443-udp", RING_A, UDP_STABLE_ROUTING),
            VipPair.of("10.200.1.6-443-udp", RING_A, UDP_STABLE_ROUTING, QUIC_VIP),
            VipPair.of("10.200.1.7-80-tcp", RING_A, DPORT_HASH),
            VipPair.of("10.200.1.8-80-tcp", RING_A, NO_LRU),
            VipPair.of("10.200.1.9-80-tcp", RING_A, QUIC_VIP, UDP_STABLE_ROUTING),
            VipPair.of("fc00:1::1-443-udp", RING_B, QUIC_VIP),
            VipPair.of("fc00:1::1-0-tcp", RING_B, NO_SPORT),
            VipPair.of("fc00:1::2-0-udp", RING_B, QUIC_VIP, HASH_SRC_DST_PORT),
            VipPair.of("fc00:1::3-443-udp", RING_B, UDP_STABLE_ROUTING),
            VipPair.of("fc00:1::4-443-udp", RING_B, UDP_STABLE_ROUTING, QUIC_VIP, NO_LRU),
            VipPair.of("fc00:1::5-80-tcp", RING_B, DPORT_HASH));

    private TestMachine machine;

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
        PinnedThread.to(CPU);
    }

    @AfterEach
    void removeMachine() {
        machine.close();
    }

    @Test
    void generatedFramesInGue() {
        ForwardingProperties gue = TestProperties.unlimited(
                "encapsulation",
                "GUE",
                "gue-port",
                9886,
                "encap-source-v4",
                "10.0.13.37",
                "encap-source-v6",
                "fc00:2307::1337");
        try (ModelledPlane both = new ModelledPlane(machine, VIPS, true, gue, "auto", ModelledPlane.ROOM_FOR_ALL)) {
            compare(both, FRAMES);
            assertCountersAgree(both);
        }
    }

    /** Every combination of tunnels, both encapsulations, strict or not, with tags or without. */
    @ParameterizedTest
    @CsvSource({
        "IPIP, false, IPIP, false",
        "'IPIP,GUE', false, GUE, true",
        "GUE, true, IPIP, true",
        "'IPIP,GUE', true, IPIP, false",
        "IPIP, true, GUE, true",
        "GUE, false, GUE, false",
        "NONE, true, GUE, true"
    })
    void generatedTunnels(String undone, boolean strict, Encapsulation encapsulation, boolean vlan) {
        ForwardingProperties forwarding = TestProperties.unlimited(
                "encapsulation",
                encapsulation,
                "encap-source-v4",
                "10.0.13.37",
                "encap-source-v6",
                "fc00:2307::1337",
                "inline-decap",
                undone,
                "strict-decap-destination",
                strict,
                "vlan",
                vlan);
        Map<Address, DecapMode> ends = Map.of(
                Address.parse("10.200.9.1"), DecapMode.INLINE,
                Address.parse("10.200.9.2"), DecapMode.EGRESS,
                Address.parse("fc00:9::1"), DecapMode.INLINE,
                Address.parse("fc00:9::2"), DecapMode.EGRESS);
        List<Ip> destinations = Stream.of(
                        "10.200.9.1",
                        "10.200.9.1",
                        "10.200.9.2",
                        "fc00:9::1",
                        "fc00:9::1",
                        "fc00:9::2",
                        "10.0.13.37",
                        "fc00:2307::1337",
                        "10.200.9.3",
                        "fc00:9::3",
                        "10.200.1.1",
                        "fc00:1::1")
                .map(Ip::of)
                .toList();
        try (ModelledPlane both =
                new ModelledPlane(machine, VIPS, true, forwarding, "auto", ModelledPlane.ROOM_FOR_ALL, ends)) {
            long seed = seed();
            RandomTunnels frames = new RandomTunnels(seed, both.services(), destinations, forwarding.guePort());
            compare(both, FRAMES / 5, seed, sometimesTagged(seed, frames::next));
            assertCountersAgree(both);
        }
    }

    @Test
    void generatedFrames() {
        try (ModelledPlane both = open(true, ModelledPlane.ROOM_FOR_ALL)) {
            compare(both, FRAMES);
            assertCountersAgree(both);
        }
    }

    /** Flows find their reals down and up again, in the ring and out of it; a VIP without the flag keeps its flows. */
    @Test
    void generatedFramesWhileRealsGoDown() {
        List<VipId> migrating = VIPS.stream()
                .filter(vip ->
                        vip.id().protocol() == Protocol.UDP && vip.flags().contains(UDP_FLOW_MIGRATION))
                .map(VipPair::id)
                .toList();
        long seed = seed();
        Random random = new Random(seed);
        try (ModelledPlane both = open(true, ModelledPlane.ROOM_FOR_ALL)) {
            List<Service> targets = migrating.stream()
                    .map(both.servicesById()::get)
                    .map(Objects::requireNonNull)
                    .toList();
            RandomFrames frames = new RandomFrames(seed, targets);
            for (int round = 0; round < 100; round++) {
                VipId vip = migrating.get(random.nextInt(migrating.size()));
                both.markDown(vip, some(random, vip.address().ipv6() ? RING_B.keySet() : MIXED.keySet()));
                compare(both, FRAMES / 200, seed, frames::next);
            }
            assertCountersAgree(both);
            assertThat(both.model().tally().of(Counter.UDP_FLOW_MIGRATION)).isGreaterThan(100);
        }
    }

    /** Some reals are this machine itself, and change; before the gateway is found, too: what stays here needs none. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void generatedFramesThatStayHere(boolean switchedOn, boolean gatewayKnown) {
        ForwardingProperties forwarding = TestProperties.unlimited("local-delivery", switchedOn);
        long seed = seed();
        Random random = new Random(seed);
        try (ModelledPlane both =
                new ModelledPlane(machine, VIPS, gatewayKnown, forwarding, "auto", ModelledPlane.ROOM_FOR_ALL)) {
            List<Service> targets = both.services().stream()
                    .filter(service -> service.flags().contains(LOCAL_VIP) || service.port() == 80)
                    .toList();
            RandomFrames frames = new RandomFrames(seed, targets);
            for (int round = 0; round < 20; round++) {
                Set<Address> all = new TreeSet<>(RING_B.keySet());
                all.addAll(MIXED.keySet());
                both.markLocal(some(random, all));
                compare(both, FRAMES / 200, seed, frames::next);
            }
            assertCountersAgree(both);
        }
    }

    private static Set<Address> some(Random random, Set<Address> reals) {
        Set<Address> some = new TreeSet<>(reals);
        some.removeIf(real -> random.nextInt(3) != 0);
        return some;
    }

    /** Every kind of identifier, in a plane where some ids come to stand for other reals, or for none, on the way. */
    @ParameterizedTest
    @CsvSource({"true, IPIP, false", "true, GUE, true", "false, IPIP, false"})
    void generatedIdentifiers(boolean routing, Encapsulation encapsulation, boolean vlan) {
        ForwardingProperties forwarding = TestProperties.unlimited(
                "encapsulation",
                encapsulation,
                "encap-source-v4",
                "10.0.13.37",
                "encap-source-v6",
                "fc00:2307::1337",
                "vlan",
                vlan,
                "udp-stable-routing",
                routing,
                "tcp-server-id-routing",
                routing);
        try (ModelledPlane both =
                new ModelledPlane(machine, IDENTIFYING, true, forwarding, "auto", ModelledPlane.ROOM_FOR_ALL)) {
            SERVER_IDS.forEach(both::putServerId);
            List<Integer> ids = List.copyOf(SERVER_IDS.keySet());
            compareIdentified(both, ids, vlan);
            both.putServerId(1, Address.parse("10.0.0.9"));
            both.putServerId(0x00FFFFFD, Address.parse("fc00::3"));
            both.removeServerId(1026);
            compareIdentified(both, ids, vlan);
            assertCountersAgree(both);
            assertEveryKindCame(both, routing);
        }
    }

    private static void compareIdentified(ModelledPlane both, List<Integer> ids, boolean vlan) {
        long seed = seed();
        RandomFrames frames = new RandomFrames(seed, both.services(), ids);
        compare(both, FRAMES / 4, seed, vlan ? sometimesTagged(seed, frames::next) : frames::next);
    }

    static Supplier<byte[]> sometimesTagged(long seed, Supplier<byte[]> frames) {
        Random tags = new Random(seed);
        return () -> {
            byte[] frame = frames.get();
            boolean tagged = frame.length >= 14 && tags.nextInt(3) == 0;
            return tagged ? VlanTag.insert(frame, VlanTag.of(tags.nextInt(0x10000))) : frame;
        };
    }

    /** A comparison of counters that stay 0 says nothing. */
    private static void assertEveryKindCame(ModelledPlane both, boolean routing) {
        for (Counter counter : Counter.values()) {
            String name = counter.name();
            if (name.startsWith("QUIC") || routing && (name.startsWith("STABLE") || name.startsWith("TCP"))) {
                assertThat(both.model().tally().of(counter)).as(name).isPositive();
            }
        }
    }

    @Test
    void generatedFramesBeforeTheGatewayIsFound() {
        try (ModelledPlane both = open(false, ModelledPlane.ROOM_FOR_ALL)) {
            compare(both, FRAMES / 20);
            assertCountersAgree(both);
        }
    }

    /** The flows of one balancer, each given to another real, come to one that has their connections from elsewhere. */
    @Test
    void generatedFramesOfFlowsThatAnotherBalancerPlaced() throws Exception {
        List<VipPair> global =
                VIPS.stream().map(ForwardingAgainstModelTests::global).toList();
        long seed = seed();
        List<Connection> placed;
        try (ModelledPlane other = open(true, ModelledPlane.ROOM_FOR_ALL)) {
            compare(other, FRAMES / 5, seed, new RandomFrames(seed, other.services())::next);
            placed = other.connections().stream()
                    .map(ForwardingAgainstModelTests::toAnotherReal)
                    .toList();
        }
        machine.close();
        createMachine();
        ForwardingProperties forwarding = TestProperties.unlimited("global-connection-table", true);
        try (ModelledPlane both =
                new ModelledPlane(machine, global, true, forwarding, "auto", ModelledPlane.ROOM_FOR_ALL)) {
            Imported imported = both.importConnections(placed);
            assertThat(imported.accepted()).isEqualTo(imported.changed()).isGreaterThan(1000);

            compare(both, FRAMES / 5, seed, new RandomFrames(seed, both.services())::next);

            assertThat(both.model().tally().of(Counter.GLOBAL_HITS)).isGreaterThan(1000);
            assertCountersAgree(both);
        }
    }

    /** All but one: where nobody wants it, the table is not asked. */
    static VipPair global(VipPair vip) {
        Set<Flag> flags = new HashSet<>(vip.flags());
        if (vip.id().port() != 443) {
            flags.add(Flag.GLOBAL_LRU);
        }
        return new VipPair(vip.id(), flags, vip.function(), vip.onEmpty(), vip.weights());
    }

    static Connection toAnotherReal(Connection one) {
        Map<Address, Integer> reals = one.vip().address().ipv6() ? RING_B : RING_A;
        Address other = reals.keySet().stream()
                .filter(real -> !real.equals(one.real()))
                .findFirst()
                .orElseThrow();
        return new Connection(
                one.vip(),
                other,
                one.destination(),
                one.client(),
                one.clientPort(),
                one.port(),
                one.silent(),
                one.table(),
                one.cpu());
    }

    /** What is forgotten is found again by the ring, and no flow is taken for another that shares its set. */
    @Test
    void generatedFramesThroughAFullConnectionTable() {
        try (ModelledPlane both = open(true, SMALLEST_TABLE)) {
            compare(both, FRAMES / 5);
        }
    }

    private ModelledPlane open(boolean gatewayKnown, int connections) {
        ForwardingProperties unlimited = TestProperties.unlimited();
        return new ModelledPlane(machine, VIPS, gatewayKnown, unlimited, "auto", connections);
    }

    static void compare(ModelledPlane both, int count) {
        long seed = seed();
        compare(both, count, seed, new RandomFrames(seed, both.services())::next);
    }

    static long seed() {
        long seed = Long.getLong("mako.test.seed", System.nanoTime());
        System.out.println("ForwardingAgainstModelTests: -Dmako.test.seed=" + seed);
        return seed;
    }

    static void compare(ModelledPlane both, int count, long seed, Supplier<byte[]> frames) {
        List<String> disagreements = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            byte[] frame = frames.get();
            Answers answers = both.run(frame);
            if (!answers.agree() && disagreements.size() < 10) {
                disagreements.add(number + " of seed " + seed + ": " + inWords(frame, answers));
            }
        }
        assertThat(disagreements).isEmpty();
    }

    static void assertCountersAgree(ModelledPlane both) {
        CounterSample sample = both.counters();
        Tally tally = both.model().tally();
        Map<String, Long> expected = new HashMap<>();
        Map<String, Long> actual = new HashMap<>();
        for (Counter counter : Counter.values()) {
            expected.put(counter.name(), tally.of(counter));
            actual.put(counter.name(), sum(sample, PlaneCounter.valueOf(counter.name())));
        }
        // The attached program also sees what the machine itself sends, and passes it.
        for (String unit : List.of("_FRAMES", "_BYTES")) {
            for (Map<String, Long> counts : List.of(expected, actual)) {
                long passed = Objects.requireNonNull(counts.remove("PASS" + unit));
                counts.merge("TOTAL" + unit, -passed, Long::sum);
            }
        }
        assertThat(actual).isEqualTo(expected);
        both.servicesById().forEach((id, service) -> {
            Tally.ServiceCounts counts = tally.of(service);
            assertThat(sample.vips().get(id))
                    .as(id.toString())
                    .isEqualTo(new CounterSample.VipCounters(
                            counts.forwarded().packets(),
                            counts.forwarded().bytes(),
                            counts.missSyn(),
                            counts.missNonSyn(),
                            counts.missUdp(),
                            counts.dropped(),
                            counts.serverIdNew(),
                            counts.serverIdMismatches()));
        });
        sample.reals()
                .forEach((address, counters) -> assertThat(new Tally.Traffic(counters.packets(), counters.bytes()))
                        .as(address.toString())
                        .isEqualTo(tally.of(Ip.of(address.toBytes()))));
    }

    private static long sum(CounterSample sample, PlaneCounter counter) {
        return sample.cpus().stream()
                .mapToLong(cpu -> cpu.getOrDefault(counter, 0L))
                .sum();
    }

    private static String inWords(byte[] frame, Answers answers) {
        HexFormat hex = HexFormat.of();
        Outcome expected = answers.expected();
        return "\n  frame    " + hex.formatHex(frame)
                + "\n  expected " + expected.verdict() + " (" + expected.reason() + ") "
                + (Arrays.equals(frame, expected.frame()) ? "unchanged" : hex.formatHex(expected.frame()))
                + "\n  actual   " + answers.actual().verdict() + " "
                + (Arrays.equals(frame, answers.actual().frame())
                        ? "unchanged"
                        : hex.formatHex(answers.actual().frame()));
    }

    private static Map<Address, Integer> reals(String words) {
        String[] word = words.split(" ");
        Map<Address, Integer> weights = new HashMap<>();
        for (int i = 0; i < word.length; i += 2) {
            weights.put(Address.parse(word[i]), Integer.valueOf(word[i + 1]));
        }
        return weights;
    }
}
