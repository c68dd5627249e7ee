package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.frames.Packets;
import io.makolb.frames.RandomFrames;
import io.makolb.frames.TcpSegment;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkLoad;
import io.makolb.model.BulkSet;
import io.makolb.model.Prefix;
import io.makolb.plane.ModelledPlane.Answers;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Counter;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of certain networks, with source routing on and off. */
@BpfTest
class SourceRoutingTests {

    private static final int FRAMES = 100_000;
    private static final int PLENTY = 1_000_000;
    private static final int LIMIT = 5;
    private static final Duration NEXT_WINDOW = Duration.ofMillis(1100);

    private static final Map<Address, Integer> REALS =
            Map.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 2);
    private static final Map<Address, Integer> IPV6_REALS =
            Map.of(Address.parse("fc00::1"), 1, Address.parse("fc00::2"), 1);
    private static final List<VipPair> VIPS = List.of(
            VipPair.of("10.200.1.1-80-tcp", REALS, Flag.SRC_ROUTING),
            VipPair.of("10.200.1.1-443-tcp", REALS),
            VipPair.of("10.200.1.1-80-udp", REALS, Flag.SRC_ROUTING, Flag.NO_SPORT),
            VipPair.of("10.200.1.2-0-tcp", REALS, Flag.SRC_ROUTING, Flag.DPORT_HASH),
            VipPair.of("10.200.1.3-80-udp", REALS, Flag.SRC_ROUTING, Flag.NO_LRU),
            VipPair.of("10.200.1.4-80-tcp", Map.of(), Flag.SRC_ROUTING),
            VipPair.of("fc00:1::1-80-tcp", IPV6_REALS, Flag.SRC_ROUTING),
            VipPair.of("fc00:1::1-443-udp", IPV6_REALS, Flag.SRC_ROUTING, Flag.HASH_SRC_DST_PORT),
            VipPair.of("fc00:1::2-443-udp", IPV6_REALS));

    /** Clients of the generated frames are 192.168.1.1 to .24 and fc00:2::1 to ::18, and some that are nowhere. */
    private static final BulkSet<Prefix> ROUTES = routes(
            "192.168.0.0/16 10.0.0.7",
            "192.168.1.0/28 10.0.0.8",
            "192.168.1.4/30 fc00::7",
            "192.168.1.5/32 10.0.0.9",
            "192.168.1.16/29 10.0.0.1",
            "fc00:2::/64 fc00::7",
            "fc00:2::8/125 fc00::8",
            "fc00:2::a/128 fc00::2");

    private TestMachine machine;

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
        PinnedThread.to(0);
    }

    @AfterEach
    void removeMachine() {
        machine.close();
    }

    @Test
    void generatedFrames() {
        long seed = Long.getLong("mako.test.seed", System.nanoTime());
        System.out.println("SourceRoutingTests: -Dmako.test.seed=" + seed);
        try (ModelledPlane both = open(true, PLENTY, ROUTES)) {
            RandomFrames frames = new RandomFrames(seed, both.services());
            for (int number = 0; number < FRAMES; number++) {
                assertAgreement(both, frames.next(), number + " of " + seed);
            }
            for (Counter counter : List.of(
                    Counter.SOURCE_ROUTE_HITS,
                    Counter.SOURCE_ROUTE_MISSES,
                    Counter.SELECTIONS,
                    Counter.TABLE_HITS,
                    Counter.NEW_CONNECTIONS,
                    Counter.DROP_EMPTY_RING)) {
                assertThat(count(both, counter))
                        .as(counter.name())
                        .isEqualTo(both.model().tally().of(counter))
                        .isPositive();
            }
        }
    }

    @Test
    void withoutTheFeatureTheFlagHasNoEffect() {
        long seed = System.nanoTime();
        try (ModelledPlane both = open(false, PLENTY, BulkSet.empty(BulkKind.SOURCE_ROUTES))) {
            RandomFrames frames = new RandomFrames(seed, both.services());
            for (int number = 0; number < FRAMES / 10; number++) {
                assertAgreement(both, frames.next(), number + " of " + seed);
            }
            assertThat(count(both, Counter.SOURCE_ROUTE_MISSES)).isZero();
        }
    }

    /** During a flood nobody is looked up, and the ring answers. */
    @Test
    void nobodyIsLookedUpOverTheLimitOfNewConnections() {
        try (ModelledPlane both = open(true, LIMIT, ROUTES)) {
            int[] port = {1000};
            await().pollInterval(NEXT_WINDOW).untilAsserted(() -> {
                PinnedThread.to(0);
                long hits = count(both, Counter.SOURCE_ROUTE_HITS);
                long misses = count(both, Counter.SOURCE_ROUTE_MISSES);
                for (int i = 0; i < 2 * LIMIT; i++) {
                    byte[] frame = Packets.frame(
                            Ip.of("192.168.1.5"),
                            Ip.of("10.200.1.1"),
                            new TcpSegment(port[0]++, 80, TcpSegment.SYN, new byte[0]));
                    assertAgreement(both, frame, "flood");
                }
                assertThat(count(both, Counter.SOURCE_ROUTE_HITS)).isEqualTo(hits + LIMIT);
                assertThat(count(both, Counter.SOURCE_ROUTE_MISSES)).isEqualTo(misses);
            });
        }
    }

    private ModelledPlane open(boolean routing, int newConnections, BulkSet<Prefix> routes) {
        return new ModelledPlane(
                machine,
                VIPS,
                true,
                TestProperties.forwarding(
                        "source-routing",
                        routing,
                        "icmp-too-big-rate",
                        PLENTY,
                        "max-new-connections",
                        newConnections,
                        "udp-timeout",
                        "1h"),
                "auto",
                ModelledPlane.ROOM_FOR_ALL,
                Map.of(),
                routes);
    }

    private static BulkSet<Prefix> routes(String... lines) {
        BulkLoad<Prefix> load = new BulkLoad<>(BulkKind.SOURCE_ROUTES);
        for (String line : lines) {
            String[] words = line.split(" ");
            load.add(Prefix.parse(words[0]), Address.parse(words[1]), load.size() + 1);
        }
        return load.finish();
    }

    private static void assertAgreement(ModelledPlane both, byte[] frame, String which) {
        Answers answers = both.run(frame);
        assertThat(answers.actual().verdict())
                .as("frame %s: %s", which, answers.expected().reason())
                .isEqualTo(answers.expected().verdict().xdpAction());
        assertThat(answers.actual().frame())
                .as("frame %s: %s", which, answers.expected().reason())
                .isEqualTo(answers.expected().frame());
    }

    private static long count(ModelledPlane both, Counter counter) {
        return both.counters().cpus().stream()
                .mapToLong(cpu -> cpu.getOrDefault(PlaneCounter.valueOf(counter.name()), 0L))
                .sum();
    }
}
