package io.makolb.plane;

import static io.makolb.plane.ForwardingAgainstModelTests.MIXED;
import static io.makolb.plane.ForwardingAgainstModelTests.RING_A;
import static io.makolb.plane.ForwardingAgainstModelTests.RING_B;
import static io.makolb.reference.Flag.DPORT_HASH;
import static io.makolb.reference.Flag.HASH_SRC_DST_PORT;
import static io.makolb.reference.Flag.NO_LRU;
import static io.makolb.reference.Flag.NO_SPORT;
import static io.makolb.reference.Flag.QUIC_VIP;
import static io.makolb.reference.Flag.UDP_STABLE_ROUTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.BetterOnPurpose;
import io.makolb.frames.Packets;
import io.makolb.frames.RandomFrames;
import io.makolb.frames.TcpSegment;
import io.makolb.model.Address;
import io.makolb.model.Refusal;
import io.makolb.model.VipId;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Counter;
import io.makolb.reference.Ip;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VIPs that are prefixes, among others, against the model. */
@BpfTest
class PrefixForwardingTests {

    private static final int CPU = 0;
    private static final int FRAMES = 50_000;
    private static final int SMALLEST_TABLE = 1000;

    /** A host in prefixes, prefixes in prefixes, of other ports, of every port, and of many lengths. */
    private static final List<VipPair> PREFIXES = List.of(
            VipPair.of("10.200.0.0_16-80-tcp", RING_B),
            VipPair.of("10.200.1.0_24-80-tcp", MIXED),
            VipPair.of("10.200.1.0_24-0-udp", RING_A),
            VipPair.of("10.200.1.0-0-tcp", RING_B),
            VipPair.of("10.200.0.0_16-443-udp", MIXED, NO_SPORT),
            VipPair.of("10.200.0.0_16-443-tcp", RING_A, HASH_SRC_DST_PORT),
            VipPair.of("10.201.0.0_16-0-tcp", RING_A, DPORT_HASH),
            VipPair.of("10.202.0.0_16-0-udp", RING_A, NO_LRU),
            VipPair.of("10.128.0.0_9-81-tcp", RING_A),
            VipPair.of("0.0.0.0_1-82-tcp", RING_A),
            VipPair.of("0.0.0.0_0-83-tcp", RING_A),
            VipPair.of("fc00:1::_64-80-tcp", RING_B),
            VipPair.of("fc00:1::_64-0-tcp", RING_B, HASH_SRC_DST_PORT),
            VipPair.of("fc00:1::_96-443-udp", RING_B),
            VipPair.of("fc00:1::_96-0-udp", RING_B, NO_SPORT),
            VipPair.of("fc00:1::_127-0-udp", RING_B),
            VipPair.of("::_0-82-tcp", RING_B),
            VipPair.of("::fffe:0:0_95-0-tcp", RING_B));

    private static final List<VipPair> IDENTIFYING = List.of(
            VipPair.of("10.200.0.0_16-443-udp", MIXED, QUIC_VIP),
            VipPair.of("10.200.1.0_24-0-udp", RING_A, QUIC_VIP, NO_SPORT),
            VipPair.of("10.200.1.1-443-udp", RING_A, QUIC_VIP),
            VipPair.of("10.201.0.0_16-443-udp", RING_A, UDP_STABLE_ROUTING, QUIC_VIP),
            VipPair.of("10.202.0.0_16-0-tcp", RING_A, DPORT_HASH),
            VipPair.of("10.203.0.0_16-80-tcp", RING_A),
            VipPair.of("fc00:1::_64-443-udp", RING_B, QUIC_VIP),
            VipPair.of("fc00:1::_96-0-tcp", RING_B),
            VipPair.of("fc00:2::_64-443-udp", RING_B, UDP_STABLE_ROUTING));

    private static final List<Integer> SERVER_IDS = List.of(1, 1026, 0xFFFF, 0x10000);

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

    private ModelledPlane open(List<VipPair> vips, String cores, int connections, ForwardingProperties forwarding) {
        return new ModelledPlane(machine, vips, true, forwarding, cores, connections);
    }

    private static List<VipPair> withHosts() {
        return Stream.concat(ForwardingAgainstModelTests.VIPS.stream(), PREFIXES.stream())
                .toList();
    }

    /** Where prefixes are on, and where they are there but off. */
    @ParameterizedTest
    @CsvSource({
        "true, IPIP, false, auto",
        "true, GUE, true, auto",
        "true, IPIP, true, 1",
        "true, GUE, false, 1",
        "false, IPIP, false, auto",
        "false, GUE, true, auto"
    })
    void generatedFrames(boolean on, Encapsulation encapsulation, boolean vlan, String cores) {
        ForwardingProperties forwarding = TestProperties.unlimited(
                "encapsulation",
                encapsulation,
                "encap-source-v4",
                "10.0.13.37",
                "encap-source-v6",
                "fc00:2307::1337",
                "prefix-vips",
                on,
                "vlan",
                vlan);
        try (ModelledPlane both = open(withHosts(), cores, ModelledPlane.ROOM_FOR_ALL, forwarding)) {
            compare(both, FRAMES, vlan);
            if (cores.equals("auto")) {
                ForwardingAgainstModelTests.assertCountersAgree(both);
                assertThat(both.model().tally().of(Counter.TABLE_HITS)).isGreaterThan(FRAMES / 100);
            }
        }
    }

    private static void compare(ModelledPlane both, int count, boolean vlan) {
        long seed = ForwardingAgainstModelTests.seed();
        RandomFrames frames = new RandomFrames(seed, both.services(), SERVER_IDS);
        ForwardingAgainstModelTests.compare(
                both,
                count,
                seed,
                vlan ? ForwardingAgainstModelTests.sometimesTagged(seed, frames::next) : frames::next);
    }

    @BetterOnPurpose("prefixes are VIPs of IPv6 only, and bits behind them are cut off silently")
    @Test
    void prefixesAreOfBothFamiliesAndBitsBehindThemAreRefused() {
        List<VipPair> vips =
                List.of(VipPair.of("10.200.0.0_16-80-tcp", RING_A), VipPair.of("fc00:1::_64-80-tcp", RING_B));
        try (ModelledPlane both =
                open(vips, "auto", ModelledPlane.ROOM_FOR_ALL, TestProperties.unlimited("prefix-vips", true))) {
            assertThat(real(both, "192.168.1.1", "10.200.7.7", 80)).isIn(ips(RING_A));
            assertThat(real(both, "fc00:2::1", "fc00:1::7", 80)).isIn(ips(RING_B));
        }
        assertThatThrownBy(() -> VipId.parse("10.200.7.7_16-80-tcp"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.remedy()).contains("10.200.0.0_16"));
    }

    @BetterOnPurpose(
            "VIPs that hide the destination port share the connections of a client's port at an address: with one prefix for ports"
                    + " 80 and 443, what comes second goes to a real of the other VIP")
    @ParameterizedTest
    @CsvSource({
        "10.200.0.0_16-80-tcp, 10.200.0.0_16-443-tcp, 80, 443",
        "10.200.0.0_16-80-tcp, 10.200.7.0_24-443-tcp, 80, 443",
        "10.200.0.0_16-80-tcp, 10.200.7.7-0-tcp, 80, 443"
    })
    void vipsOfAnAddressDoNotShareConnections(String one, String other, int port, int otherPort) {
        List<VipPair> vips = List.of(
                VipPair.of(one, Map.of(Address.parse("10.0.0.1"), 1)),
                VipPair.of(other, Map.of(Address.parse("10.0.0.2"), 1)));
        try (ModelledPlane both =
                open(vips, "auto", ModelledPlane.ROOM_FOR_ALL, TestProperties.unlimited("prefix-vips", true))) {
            for (int packets = 0; packets < 2; packets++) {
                assertThat(real(both, "192.168.1.1", "10.200.7.7", port)).isEqualTo(Ip.of("10.0.0.1"));
                assertThat(real(both, "192.168.1.1", "10.200.7.7", otherPort)).isEqualTo(Ip.of("10.0.0.2"));
            }
            assertThat(both.connections())
                    .hasSize(2)
                    .extracting(Connection::port)
                    .containsOnly(0);
        }
    }

    private static List<Ip> ips(Map<Address, Integer> ring) {
        return ring.keySet().stream().map(real -> Ip.of(real.toBytes())).toList();
    }

    /** Where a segment in the middle of a connection is sent to. */
    private static Ip real(ModelledPlane both, String client, String address, int port) {
        byte[] frame =
                Packets.frame(Ip.of(client), Ip.of(address), new TcpSegment(31_337, port, TcpSegment.ACK, new byte[0]));
        ModelledPlane.Answers answers = both.run(frame);
        assertThat(answers.agree()).isTrue();
        return answers.expected().real().orElseThrow();
    }

    /** What is forgotten is found again by the ring, and no flow is taken for another that shares its set. */
    @Test
    void generatedFramesThroughAFullConnectionTable() {
        try (ModelledPlane both =
                open(withHosts(), "auto", SMALLEST_TABLE, TestProperties.unlimited("prefix-vips", true))) {
            ForwardingAgainstModelTests.compare(both, FRAMES / 2);
        }
    }

    /** Packets that name their real, to prefixes: the table is told which of the addresses they went to. */
    @ParameterizedTest
    @CsvSource({"auto, true", "auto, false", "1, false"})
    void identifiers(String cores, boolean vlan) {
        ForwardingProperties forwarding = TestProperties.unlimited(
                "prefix-vips", true, "udp-stable-routing", true, "tcp-server-id-routing", true, "vlan", vlan);
        try (ModelledPlane both = open(IDENTIFYING, cores, ModelledPlane.ROOM_FOR_ALL, forwarding)) {
            both.putServerId(1, Address.parse("10.0.0.1"));
            both.putServerId(1026, Address.parse("fc00::2"));
            both.putServerId(0xFFFF, Address.parse("10.0.0.9"));
            // The table of CPUs without one of their own has room for a thousand flows.
            int count = cores.equals("auto") ? FRAMES : FRAMES / 100;
            compare(both, count, vlan);
            both.putServerId(1, Address.parse("fc00::1"));
            both.removeServerId(0xFFFF);
            both.putServerId(0x10000, Address.parse("10.0.0.2"));
            compare(both, count, vlan);

            if (cores.equals("auto")) {
                ForwardingAgainstModelTests.assertCountersAgree(both);
                assertThat(both.model().tally().of(Counter.QUIC_TABLE_MISMATCH)).isPositive();
                assertThat(both.model().tally().of(Counter.TCP_TABLE_MISMATCH)).isPositive();
            }
        }
    }

    /** The flows of one balancer, each given to another real, come to one that has their connections from elsewhere. */
    @Test
    void flowsThatAnotherBalancerPlaced() throws Exception {
        List<VipPair> global =
                withHosts().stream().map(ForwardingAgainstModelTests::global).toList();
        long seed = ForwardingAgainstModelTests.seed();
        List<Connection> placed;
        try (ModelledPlane other =
                open(withHosts(), "auto", ModelledPlane.ROOM_FOR_ALL, TestProperties.unlimited("prefix-vips", true))) {
            ForwardingAgainstModelTests.compare(
                    other, FRAMES / 2, seed, new RandomFrames(seed, other.services())::next);
            placed = other.connections().stream()
                    .map(ForwardingAgainstModelTests::toAnotherReal)
                    .toList();
        }
        Set<Address> destinations = placed.stream()
                .filter(connection -> !connection.vip().isHost())
                .map(Connection::destination)
                .collect(Collectors.toSet());
        assertThat(destinations).hasSizeGreaterThan(20);
        machine.close();
        createMachine();
        ForwardingProperties forwarding =
                TestProperties.unlimited("global-connection-table", true, "prefix-vips", true);
        try (ModelledPlane both = open(global, "auto", ModelledPlane.ROOM_FOR_ALL, forwarding)) {
            Imported imported = both.importConnections(placed);
            assertThat(imported.accepted()).isEqualTo(imported.changed()).isGreaterThan(1000);
            assertThat(imported.prefix()).isZero();

            ForwardingAgainstModelTests.compare(both, FRAMES / 2, seed, new RandomFrames(seed, both.services())::next);

            assertThat(both.model().tally().of(Counter.GLOBAL_HITS)).isGreaterThan(1000);
            ForwardingAgainstModelTests.assertCountersAgree(both);
        }
    }
}
