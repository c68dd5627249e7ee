package io.makolb.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.IcmpMessage;
import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model's rules beyond the worked examples, each with the decision or section it comes from. */
class ReferenceBalancerTests {

    private static final String CLIENT = "192.168.1.1";
    private static final String VIP = "10.200.1.1";
    private static final String VIP_V6 = "fc00:1::1";
    private static final long SECOND = 1_000_000_000L;
    private static final List<Service> SERVICES = List.of(
            Lab.service(VIP, 80, Service.TCP, Lab.RING_A),
            Lab.service(VIP, 80, Service.UDP, Lab.RING_A),
            Lab.service(VIP, 81, Service.TCP, Lab.RING_A, Flag.NO_LRU),
            Lab.service(VIP, 82, Service.TCP, List.of()),
            Service.host(Ip.of(VIP), 83, Service.TCP, Set.of(), true, List.of()),
            Lab.service("10.200.1.2", 0, Service.TCP, Lab.RING_A, Flag.DPORT_HASH),
            Lab.service(VIP_V6, 80, Service.TCP, Lab.RING_B));

    private final Settings settings = Settings.of(Lab.GATEWAY);
    private final ReferenceBalancer balancer = new ReferenceBalancer(settings, SERVICES);

    @Test
    void aFlowIsRemembered() {
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.SYN), 0);
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.ACK), 100 * SECOND);
        assertCounted(Counter.NEW_CONNECTIONS, 1);
        assertCounted(Counter.TABLE_HITS, 1);
        assertCounted(Counter.SELECTIONS, 1);
    }

    @Test
    void aSynIsPlacedAnewAndAnRstIsNotRemembered() {
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.RST), 0);
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.ACK), 0);
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.SYN | TcpSegment.ACK), 0);
        assertCounted(Counter.TABLE_HITS, 0);
        assertCounted(Counter.SELECTIONS, 3);
        assertCounted(Counter.NEW_CONNECTIONS, 2);
    }

    @Test
    void aUdpFlowAgesFromItsLastPacket() {
        byte[] frame = Lab.udp(CLIENT, 1, VIP, 80);
        balancer.receive(frame, 0);
        balancer.receive(frame, 30 * SECOND);
        balancer.receive(frame, 60 * SECOND);
        assertCounted(Counter.TABLE_HITS, 2);
        balancer.receive(frame, 90 * SECOND + 1);
        assertCounted(Counter.TABLE_HITS, 2);
        assertCounted(Counter.MISS_UDP, 2);
    }

    @ParameterizedTest
    @CsvSource({"10.200.1.1, 81", "10.200.1.2, 4711"})
    void withNoLruOrDportHashNothingIsRemembered(String vip, int port) {
        balancer.receive(Lab.tcp(CLIENT, 1, vip, port, TcpSegment.ACK), 0);
        balancer.receive(Lab.tcp(CLIENT, 1, vip, port, TcpSegment.ACK), 0);
        assertCounted(Counter.SELECTIONS, 2);
        assertCounted(Counter.NEW_CONNECTIONS, 0);
        assertCounted(Counter.TABLE_HITS, 0);
    }

    @Test
    void beyondTheNewConnectionLimitFlowsAreForwardedButNotRemembered() {
        ReferenceBalancer limited = new ReferenceBalancer(settings.withMaxNewConnections(2), SERVICES);
        for (int port = 1; port <= 3; port++) {
            assertThat(limited.receive(Lab.tcp(CLIENT, port, VIP, 80, TcpSegment.SYN), SECOND)
                            .verdict())
                    .isEqualTo(Verdict.TX);
        }
        limited.receive(Lab.tcp(CLIENT, 4, VIP, 80, TcpSegment.SYN), 2 * SECOND);
        limited.receive(Lab.tcp(CLIENT, 5, VIP, 80, TcpSegment.SYN), 2 * SECOND + 1);
        assertThat(limited.tally().of(Counter.NEW_CONNECTIONS)).isEqualTo(3);
        assertThat(limited.tally().of(Counter.RATE_LIMITED)).isEqualTo(2);
    }

    @Test
    void whatIsNotRememberedDoesNotCountAgainstTheLimit() {
        ReferenceBalancer limited = new ReferenceBalancer(settings.withMaxNewConnections(1), SERVICES);
        limited.receive(Lab.tcp(CLIENT, 1, VIP, 81, TcpSegment.SYN), 0);
        limited.receive(Lab.tcp(CLIENT, 1, "10.200.1.2", 5, TcpSegment.SYN), 0);
        limited.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.RST), 0);
        limited.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.SYN), 0);
        assertThat(limited.tally().of(Counter.NEW_CONNECTIONS)).isEqualTo(1);
    }

    @Test
    void withoutARingTheVipDropsOrPasses() {
        assertThat(verdict(Lab.tcp(CLIENT, 1, VIP, 82, TcpSegment.SYN))).isEqualTo(Verdict.DROP);
        assertThat(verdict(Lab.tcp(CLIENT, 1, VIP, 83, TcpSegment.SYN))).isEqualTo(Verdict.PASS);
        assertCounted(Counter.DROP_EMPTY_RING, 1);
    }

    @Test
    void withoutAGatewayVipPacketsAreDropped() {
        ReferenceBalancer lost = new ReferenceBalancer(settings.withoutGateway(), SERVICES);
        assertThat(lost.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.SYN), 0).verdict())
                .isEqualTo(Verdict.DROP);
        assertThat(lost.tally().of(Counter.DROP_NO_GATEWAY)).isEqualTo(1);
    }

    /** Decision 1. */
    @ParameterizedTest
    @CsvSource({"10.200.1.1, DROP", "10.200.1.9, PASS"})
    void optionsFragmentsAndStumpsMatterOnlyToTheAddressOfAVip(String destination, Verdict verdict) {
        byte[] segment = new TcpSegment(1, 80, TcpSegment.SYN, new byte[0]).bytes(new byte[4], new byte[4]);
        Ip from = Ip.of(CLIENT);
        Ip to = Ip.of(destination);
        byte[] options = Packets.ipv4(from, to, 0, 0, new byte[4], Service.TCP, segment);
        byte[] fragment = Packets.ipv4(from, to, 0, 0x2000, new byte[0], Service.TCP, segment);
        byte[] otherPortAndProtocol = Packets.ipv4(from, to, 0, 1, new byte[0], 47, segment);
        assertThat(verdict(Packets.frame(Packets.IPV4, options))).isEqualTo(verdict);
        assertThat(verdict(Packets.frame(Packets.IPV4, fragment))).isEqualTo(verdict);
        assertThat(verdict(Packets.frame(Packets.IPV4, otherPortAndProtocol))).isEqualTo(verdict);
        byte[] whole =
                Packets.frame(Packets.IPV4, Packets.ipv4(from, to, 0, 0x4000, new byte[0], Service.TCP, segment));
        assertThat(verdict(whole)).isEqualTo(verdict == Verdict.DROP ? Verdict.TX : Verdict.PASS);
        assertThat(verdict(Arrays.copyOf(whole, whole.length - 1))).isEqualTo(verdict);
    }

    @Test
    void anIpv6FragmentToAVipIsDropped() {
        byte[] packet = Packets.ipv6(Ip.of("fc00:2::1"), Ip.of(VIP_V6), 0, 44, new byte[40]);
        assertThat(verdict(Packets.frame(Packets.IPV6, packet))).isEqualTo(Verdict.DROP);
        packet[39] = 9;
        assertThat(verdict(Packets.frame(Packets.IPV6, packet))).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.1, 10.200.1.1, 10.200.1.9", "fc00:2::1, fc00:1::1, fc00:1::9"})
    void aPingIsAnsweredForAVipAlone(String client, String vip, String other) {
        boolean v6 = Ip.of(vip).v6();
        IcmpMessage ping = IcmpMessage.echoRequest(v6, 0x00010002, new byte[] {1, 2, 3});
        Outcome answered = balancer.receive(Lab.frame(client, vip, ping), 0);
        IcmpMessage pong = new IcmpMessage(v6, v6 ? 129 : 0, 0, ping.word(), ping.payload());
        byte[] expected = Lab.frame(vip, client, pong);
        System.arraycopy(Packets.SENDER, 0, expected, 0, 6);
        System.arraycopy(Packets.RECEIVER, 0, expected, 6, 6);
        expected[v6 ? 21 : 22] = 64;
        if (v6) {
            // The flow label goes back as it came.
            assertThat(Bytes.u16(expected, 16)).isEqualTo(Bytes.u16(answered.frame(), 16));
        } else {
            Ipv4Header.seal(expected, 14);
        }
        assertThat(answered.verdict()).isEqualTo(Verdict.TX);
        assertThat(answered.frame()).isEqualTo(expected);
        assertThat(verdict(Lab.frame(client, other, ping))).isEqualTo(Verdict.PASS);
    }

    /** Decision 2, with the checksums of section 3 that overflow. */
    @ParameterizedTest
    @CsvSource({"false, FAFF, 0300", "false, F8FF, 0100", "false, F7FF, FFFF", "true, 0000, FEFF", "true, 0100, 0000"})
    void theChecksumOfAnEchoReplyCarriesAround(boolean v6, String request, String reply) {
        IcmpMessage ping = IcmpMessage.echoRequest(v6, 1, new byte[0]);
        byte[] frame = v6 ? Lab.frame("fc00:2::1", VIP_V6, ping) : Lab.frame(CLIENT, VIP, ping);
        int offset = v6 ? 56 : 36;
        Bytes.put16(frame, offset, Integer.parseInt(request, 16));
        assertThat(Bytes.u16(balancer.receive(frame, 0).frame(), offset)).isEqualTo(Integer.parseInt(reply, 16));
    }

    /** Decision 3. */
    @Test
    void theIcmpOfTheOtherFamilyIsNoIcmp() {
        byte[] v6InV4 = Packets.ipv4(Ip.of(CLIENT), Ip.of(VIP), 0, 0, new byte[0], 58, new byte[60]);
        v6InV4[20] = (byte) 128;
        assertThat(verdict(Packets.frame(Packets.IPV4, v6InV4))).isEqualTo(Verdict.PASS);
        byte[] v4InV6 = Packets.ipv6(Ip.of("fc00:2::1"), Ip.of(VIP_V6), 0, 1, new byte[60]);
        v4InV6[40] = 8;
        assertThat(verdict(Packets.frame(Packets.IPV6, v4InV6))).isEqualTo(Verdict.PASS);
    }

    /** Section 3 and decision 4: eight bytes of TCP are what RFC 792 promises. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 13, 20})
    void anErrorFollowsTheFlowItIsAbout(int embeddedTransportBytes) {
        Ip real = balancer.receive(Lab.tcp(CLIENT, 31337, VIP, 80, TcpSegment.SYN), 0)
                .real()
                .orElseThrow();
        Outcome outcome = balancer.receive(errorAbout(embeddedTransportBytes, TcpSegment.ACK), 0);
        assertThat(outcome.real()).contains(real);
        assertCounted(Counter.TABLE_HITS, 1);
        assertCounted(Counter.FRAG_NEEDED_V4, 1);
        assertCounted(Counter.FRAG_NEEDED_SMALL_V4, 0);
        assertThat(HexFormat.of().formatHex(outcome.frame(), 26, 34)).isEqualTo("ac10687b" + "0a000003");
    }

    @Test
    void theFlagsOfAnErrorCountOnlyWhenTheyAreThere() {
        balancer.receive(errorAbout(13, TcpSegment.SYN), 0);
        assertCounted(Counter.MISS_NON_SYN, 1);
        balancer.receive(errorAbout(14, TcpSegment.SYN), 0);
        assertCounted(Counter.MISS_SYN, 1);
        assertThat(verdict(errorAbout(3, TcpSegment.SYN))).isEqualTo(Verdict.DROP);
    }

    private static byte[] errorAbout(int embeddedTransportBytes, int flags) {
        byte[] sent = Packets.packet(Ip.of(VIP), Ip.of(CLIENT), 0, new TcpSegment(80, 31337, flags, new byte[0]));
        return Lab.frame(
                "192.0.2.1", VIP, IcmpMessage.tooBig(false, 1400, Arrays.copyOf(sent, 20 + embeddedTransportBytes)));
    }

    @Test
    void aFrameOverTheLimitIsAnsweredUntilTheRateIsUsedUp() {
        ReferenceBalancer limited = new ReferenceBalancer(settings.withTooBigRate(1), SERVICES);
        byte[] largest = Lab.frame(CLIENT, VIP, new UdpDatagram(1, 80, new byte[1514 - 42]));
        assertThat(limited.receive(largest, 0).frame()).hasSize(1514 + 20);
        byte[] tooLarge = Lab.frame(CLIENT, VIP, new UdpDatagram(1, 80, new byte[1515 - 42]));
        Outcome told = limited.receive(tooLarge, 0);
        assertThat(told.verdict()).isEqualTo(Verdict.TX);
        assertThat(told.frame()).hasSize(126);
        assertThat(Arrays.copyOfRange(told.frame(), 42, 126)).isEqualTo(Arrays.copyOfRange(tooLarge, 14, 98));
        assertThat(HexFormat.of().formatHex(told.frame(), 0, 24))
                .isEqualTo("010000000000" + "020000000000" + "0800" + "4500007000000000" + "4001");
        assertThat(Bytes.checksum(Arrays.copyOfRange(told.frame(), 14, 34))).isZero();
        assertThat(Bytes.checksum(Arrays.copyOfRange(told.frame(), 34, 126))).isZero();
        assertThat(HexFormat.of().formatHex(told.frame(), 26, 36)).isEqualTo("0ac80101" + "c0a80101" + "0304");
        assertThat(Bytes.u16(told.frame(), 40)).isEqualTo(1500);
        assertThat(limited.receive(tooLarge, 0).verdict()).isEqualTo(Verdict.DROP);
        assertThat(limited.tally().of(Counter.TOO_BIG_SUPPRESSED)).isEqualTo(1);
    }

    @Test
    void anErrorOverTheLimitIsDroppedWithoutAnAnswer() {
        byte[] sent =
                Packets.packet(Ip.of(VIP), Ip.of(CLIENT), 0, new TcpSegment(80, 1, TcpSegment.ACK, new byte[1500]));
        assertThat(verdict(Lab.frame(CLIENT, VIP, IcmpMessage.unreachable(false, 1, sent))))
                .isEqualTo(Verdict.DROP);
        assertCounted(Counter.DROP_TOO_BIG, 1);
    }

    @Test
    void anIpv6FrameOverTheLimitIsAnswered() {
        byte[] tooLarge = Lab.frame("fc00:2::1", VIP_V6, new TcpSegment(1, 80, TcpSegment.ACK, new byte[1500]));
        byte[] told = balancer.receive(tooLarge, 0).frame();
        assertThat(told).hasSize(310);
        byte[] message = Arrays.copyOfRange(told, 54, 310);
        assertThat(HexFormat.of().formatHex(told, 14, 22)).isEqualTo("60000000" + "0100" + "3a40");
        assertThat(Arrays.copyOf(message, 2)).containsExactly(2, 0);
        assertThat(Bytes.u32(message, 4)).isEqualTo(1500);
        assertThat(Arrays.copyOfRange(message, 8, 256)).isEqualTo(Arrays.copyOfRange(tooLarge, 14, 262));
        byte[] from = Arrays.copyOfRange(told, 22, 38);
        byte[] to = Arrays.copyOfRange(told, 38, 54);
        assertThat(Ip.of(from)).isEqualTo(Ip.of(VIP_V6));
        assertThat(Bytes.checksum(from, to, Bytes.word(0), Bytes.word(256), Bytes.word(0), Bytes.word(58), message))
                .isZero();
    }

    @Test
    void typeOfServiceAndTrailerAreKept() {
        byte[] packet =
                Packets.packet(Ip.of(CLIENT), Ip.of(VIP), 0xB9, new TcpSegment(1, 80, TcpSegment.SYN, new byte[0]));
        byte[] frame = Arrays.copyOf(Packets.frame(Packets.IPV4, packet), 60);
        byte[] forwarded = balancer.receive(frame, 0).frame();
        assertThat(forwarded[15]).isEqualTo((byte) 0xB9);
        assertThat(Bytes.u16(forwarded, 16)).isEqualTo(60);
        assertThat(forwarded).hasSize(80);
    }

    @Test
    void everyFrameIsCountedOnceWithItsLengthOnEntry() {
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 80, TcpSegment.SYN), 0);
        balancer.receive(Lab.tcp(CLIENT, 1, VIP, 82, TcpSegment.SYN), 0);
        balancer.receive(Packets.frame(0x0806, new byte[28]), 0);
        balancer.receive(new byte[13], 0);
        assertCounted(Counter.TOTAL_FRAMES, 4);
        assertCounted(Counter.TOTAL_BYTES, 54 + 54 + 42 + 13);
        assertCounted(Counter.TX_BYTES, 54);
        assertCounted(Counter.DROP_BYTES, 54 + 13);
        assertCounted(Counter.PASS_BYTES, 42);
        assertThat(balancer.tally().of(SERVICES.get(0)).forwarded()).isEqualTo(new Tally.Traffic(1, 40));
    }

    private Verdict verdict(byte[] frame) {
        return balancer.receive(frame, 0).verdict();
    }

    private void assertCounted(Counter counter, long count) {
        assertThat(balancer.tally().of(counter)).as(counter.name()).isEqualTo(count);
    }
}
