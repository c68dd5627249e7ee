package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.BetterOnPurpose;
import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.Transported;
import io.makolb.frames.UdpDatagram;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.ModelledPlane.Answers;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.reference.Verdict;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the program does depending on time and CPU. The kernel's clock is not the model's, so the model only says what becomes of
 * each frame, and the counters tell the rest. A burst is repeated until one falls into a single window of a second.
 */
@BpfTest
class ForwardingLimitsTests {

    private static final Map<Address, Integer> REALS =
            Map.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 1);
    private static final List<VipPair> VIPS = List.of(
            VipPair.of("10.200.1.1-80-tcp", REALS),
            VipPair.of("10.200.1.1-80-udp", REALS),
            VipPair.of("10.200.1.1-81-tcp", REALS, Flag.NO_LRU),
            VipPair.of("10.200.1.1-82-udp", REALS, Flag.UDP_FLOW_MIGRATION),
            VipPair.of("fc00:1::1-80-udp", Map.of(Address.parse("fc00::1"), 1)));
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration NEXT_WINDOW = Duration.ofMillis(1100);
    private static final int LIMIT = 5;
    private static final int PLENTY = 1_000_000;
    private static final int MANY_VIPS = 20;
    private static final int CPU = 0;
    private static final int OTHER_CPU = 1;

    private TestMachine machine;
    private int port = 1000;

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
    }

    @AfterEach
    void removeMachine() {
        machine.close();
    }

    @Test
    @BetterOnPurpose("too-big replies: off by default, without limit")
    void soManyFramesOverTheLimitAreAnsweredPerSecond() {
        byte[] tooBig = toVip(new UdpDatagram(1, 80, new byte[1500]));
        try (ModelledPlane both = open(LIMIT, PLENTY, LONG, "auto")) {
            await().pollInterval(NEXT_WINDOW).untilAsserted(() -> {
                PinnedThread.to(CPU);
                long suppressed = count(both, PlaneCounter.TOO_BIG_SUPPRESSED);
                for (int i = 0; i < LIMIT; i++) {
                    assertThat(both.run(tooBig).actual().verdict()).isEqualTo(Verdict.TX.xdpAction());
                }
                for (int i = 0; i < LIMIT; i++) {
                    assertThat(both.run(tooBig).actual().verdict()).isEqualTo(Verdict.DROP.xdpAction());
                }
                assertThat(count(both, PlaneCounter.TOO_BIG_SUPPRESSED)).isEqualTo(suppressed + LIMIT);
            });
        }
    }

    @Test
    void soManyConnectionsAreRememberedPerSecondAndAllAreForwarded() {
        try (ModelledPlane both = open(PLENTY, LIMIT, LONG, "auto")) {
            await().pollInterval(NEXT_WINDOW).untilAsserted(() -> {
                PinnedThread.to(CPU);
                int first = port;
                port += 2 * LIMIT;
                long remembered = count(both, PlaneCounter.NEW_CONNECTIONS);
                long limited = count(both, PlaneCounter.RATE_LIMITED);
                long hits = count(both, PlaneCounter.TABLE_HITS);
                for (int i = 0; i < 2 * LIMIT; i++) {
                    assertAgreement(both, toVip(new TcpSegment(first + i, 81, TcpSegment.SYN, new byte[0])));
                    assertAgreement(both, toVip(new TcpSegment(first + i, 80, TcpSegment.RST, new byte[0])));
                    assertAgreement(both, toVip(new TcpSegment(first + i, 80, TcpSegment.SYN, new byte[0])));
                }
                for (int i = 0; i < LIMIT; i++) {
                    assertAgreement(both, toVip(new TcpSegment(first + i, 80, TcpSegment.ACK, new byte[0])));
                }
                assertThat(count(both, PlaneCounter.NEW_CONNECTIONS)).isEqualTo(remembered + LIMIT);
                assertThat(count(both, PlaneCounter.RATE_LIMITED)).isEqualTo(limited + LIMIT);
                assertThat(count(both, PlaneCounter.TABLE_HITS)).isEqualTo(hits + LIMIT);
            });
        }
    }

    /** Flows whose real is down move while there is room for new connections, and stay where they are while there is none. */
    @Test
    void nobodyMovesWhileNewConnectionsAreBeyondTheirLimit() {
        VipId vip = VipId.parse("10.200.1.1-82-udp");
        try (ModelledPlane both = open(PLENTY, LIMIT, LONG, "auto")) {
            await().pollInterval(NEXT_WINDOW).untilAsserted(() -> {
                PinnedThread.to(CPU);
                int first = port;
                port += LIMIT;
                both.markDown(vip, Set.of());
                long remembered = count(both, PlaneCounter.NEW_CONNECTIONS);
                long moved = count(both, PlaneCounter.UDP_FLOW_MIGRATION);
                for (int i = 0; i < LIMIT - 1; i++) {
                    assertAgreement(both, toVip(new UdpDatagram(first + i, 82, new byte[0])));
                }
                both.markDown(vip, REALS.keySet());
                for (int i = 0; i < LIMIT - 1; i++) {
                    assertAgreement(both, toVip(new UdpDatagram(first + i, 82, new byte[0])));
                }
                assertThat(count(both, PlaneCounter.NEW_CONNECTIONS)).isEqualTo(remembered + LIMIT);
                assertThat(count(both, PlaneCounter.UDP_FLOW_MIGRATION)).isEqualTo(moved + 1);
            });
        }
    }

    @Test
    void aSilentUdpFlowIsForgottenAndASilentTcpFlowIsNot() {
        Duration timeout = Duration.ofSeconds(3);
        byte[] udp = toVip(new UdpDatagram(1, 80, new byte[0]));
        byte[] udpV6 = Packets.frame(Ip.of("fc00:2::1"), Ip.of("fc00:1::1"), new UdpDatagram(1, 80, new byte[0]));
        byte[] tcp = toVip(new TcpSegment(1, 80, TcpSegment.ACK, new byte[0]));
        try (ModelledPlane both = open(PLENTY, PLENTY, timeout, "auto")) {
            PinnedThread.to(CPU);
            for (int i = 0; i < 2; i++) {
                List.of(udp, udpV6, tcp).forEach(frame -> assertAgreement(both, frame));
            }
            assertThat(count(both, PlaneCounter.TABLE_HITS)).isEqualTo(3);
            await().pollDelay(timeout.plusMillis(500)).until(() -> true);
            List.of(udp, udpV6, tcp).forEach(frame -> assertAgreement(both, frame));
            assertThat(count(both, PlaneCounter.TABLE_HITS)).isEqualTo(4);
            assertThat(count(both, PlaneCounter.MISS_UDP)).isEqualTo(4);
        }
    }

    @Test
    void aCpuWithoutATableUsesTheSharedOne() {
        byte[] syn = toVip(new TcpSegment(1, 80, TcpSegment.SYN, new byte[0]));
        byte[] ack = toVip(new TcpSegment(1, 80, TcpSegment.ACK, new byte[0]));
        byte[] udpV6 = Packets.frame(Ip.of("fc00:2::1"), Ip.of("fc00:1::1"), new UdpDatagram(1, 80, new byte[0]));
        try (ModelledPlane both = open(PLENTY, PLENTY, LONG, Integer.toString(OTHER_CPU))) {
            PinnedThread.to(CPU);
            List.of(syn, ack, udpV6, udpV6).forEach(frame -> assertAgreement(both, frame));
            assertThat(count(both, PlaneCounter.FALLBACK_PACKETS)).isEqualTo(4);
            assertThat(count(both, PlaneCounter.TABLE_HITS)).isEqualTo(2);
            PinnedThread.to(OTHER_CPU);
            both.run(ack);
            assertThat(count(both, PlaneCounter.FALLBACK_PACKETS)).isEqualTo(4);
            assertThat(count(both, PlaneCounter.TABLE_HITS)).isEqualTo(2);
        }
    }

    /** More VIPs than the two sets of a flow have ways. */
    @ParameterizedTest
    @CsvSource({"10.200.2., 192.168.1.1, 10.0.0.1", "fc00:1::2:, fc00:2::1, fc00::1"})
    void theFlowsOfAClientToManyVipsDoNotPushEachOtherOut(String prefix, String client, String real) {
        Map<Address, Integer> reals = Map.of(Address.parse(real), 1);
        List<VipPair> vips = IntStream.rangeClosed(1, MANY_VIPS)
                .mapToObj(i -> VipPair.of(prefix + i + "-80-tcp", reals, Flag.NO_SPORT))
                .toList();
        ForwardingProperties unlimited = ModelledPlane.forwarding(PLENTY, PLENTY, LONG);
        try (ModelledPlane both =
                new ModelledPlane(machine, vips, true, unlimited, "auto", ModelledPlane.ROOM_FOR_ALL)) {
            PinnedThread.to(CPU);
            for (int flags : new int[] {TcpSegment.SYN, TcpSegment.ACK}) {
                for (int i = 1; i <= MANY_VIPS; i++) {
                    TcpSegment segment = new TcpSegment(4711, 80, flags, new byte[0]);
                    assertAgreement(both, Packets.frame(Ip.of(client), Ip.of(prefix + i), segment));
                }
            }
            assertThat(count(both, PlaneCounter.TABLE_HITS)).isEqualTo(MANY_VIPS);
        }
    }

    private ModelledPlane open(int tooBigRate, int newConnections, Duration udpTimeout, String cores) {
        ForwardingProperties forwarding = ModelledPlane.forwarding(tooBigRate, newConnections, udpTimeout);
        return new ModelledPlane(machine, VIPS, true, forwarding, cores, ModelledPlane.ROOM_FOR_ALL);
    }

    private static byte[] toVip(Transported message) {
        return Packets.frame(Ip.of("192.168.1.1"), Ip.of("10.200.1.1"), message);
    }

    private static void assertAgreement(ModelledPlane both, byte[] frame) {
        Answers answers = both.run(frame);
        assertThat(answers.actual().verdict())
                .isEqualTo(answers.expected().verdict().xdpAction());
        assertThat(answers.actual().frame()).isEqualTo(answers.expected().frame());
    }

    private static long count(ModelledPlane both, PlaneCounter counter) {
        return both.counters().cpus().stream()
                .mapToLong(cpu -> cpu.getOrDefault(counter, 0L))
                .sum();
    }
}
