package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.BetterOnPurpose;
import io.makolb.frames.IcmpMessage;
import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import io.makolb.model.Address;
import io.makolb.model.DecapMode;
import io.makolb.plane.ModelledPlane.Answers;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Bytes;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.reference.Verdict;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where packets fare better than with Katran: what the program in the kernel does, in so many words. */
@BpfTest
class BetterOnPurposeTests {

    private static final Ip CLIENT = Ip.of("192.168.1.1");
    private static final Ip CLIENT_V6 = Ip.of("fc00:2::1");
    private static final Ip VIP = Ip.of("10.200.1.1");
    private static final Ip VIP_V6 = Ip.of("fc00:1::1");
    private static final Ip ANOTHER = Ip.of("10.200.1.9");
    private static final Ip ANOTHER_V6 = Ip.of("fc00:1::9");
    private static final Ip TUNNEL_END = Ip.of("10.200.9.1");
    private static final Ip ROUTER = Ip.of("192.0.2.1");

    private static final int ETHERNET = 14;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int PROTOCOL_ICMP = 1;
    private static final int IPIP = 4;
    private static final int IPV6_IN_IP = 41;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final byte[] NO_OPTIONS = {};
    private static final int PING = 8;
    private static final int PING_V6 = 128;

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

    @BetterOnPurpose("drops fragments and IPv4 options, and answers pings, for every address of the host")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trafficThatIsNotForAVipIsLeftToTheHostUntouched(boolean forVip) {
        try (ModelledPlane both = open()) {
            Ip to = forVip ? VIP : ANOTHER;
            byte[] segment = segment(TcpSegment.SYN).bytes(new byte[4], new byte[4]);
            Verdict trouble = forVip ? Verdict.DROP : Verdict.PASS;

            assertVerdict(both, ipv4(to, MORE_FRAGMENTS, NO_OPTIONS, segment), trouble);
            assertVerdict(both, ipv4(to, 0, new byte[4], segment), trouble);
            assertVerdict(
                    both,
                    Packets.frame(CLIENT, to, IcmpMessage.echoRequest(false, 1, new byte[8])),
                    forVip ? Verdict.TX : Verdict.PASS);
        }
    }

    @BetterOnPurpose("the checksum of an echo reply lacks the end-around carry, so 1 in 256 is invalid")
    @ParameterizedTest
    @CsvSource({"FAFF, 0300", "F8FF, 0100", "F7FF, FFFF"})
    void theChecksumOfAnEchoReplyCarriesAround(String request, String reply) {
        try (ModelledPlane both = open()) {
            byte[] ping = Packets.frame(CLIENT, VIP, IcmpMessage.echoRequest(false, 1, new byte[0]));
            int offset = ETHERNET + IPV4_HEADER + 2;
            Bytes.put16(ping, offset, Integer.parseInt(request, 16));

            byte[] answer = assertVerdict(both, ping, Verdict.TX);

            assertThat(Bytes.u16(answer, offset)).isEqualTo(Integer.parseInt(reply, 16));
        }
    }

    @BetterOnPurpose("protocol 58 inside IPv4 and 1 inside IPv6 run through the wrong family's code")
    @Test
    void theIcmpOfTheOtherFamilyIsLeftToTheHost() {
        try (ModelledPlane both = open()) {
            byte[] message = new byte[60];
            message[0] = (byte) PING_V6;
            byte[] inIpv4 = Packets.ipv4(CLIENT, VIP, 0, 0, NO_OPTIONS, PROTOCOL_ICMPV6, message);
            message[0] = PING;
            byte[] inIpv6 = Packets.ipv6(CLIENT_V6, VIP_V6, 0, PROTOCOL_ICMP, message);

            assertVerdict(both, Packets.frame(Packets.IPV4, inIpv4), Verdict.PASS);
            assertVerdict(both, Packets.frame(Packets.IPV6, inIpv6), Verdict.PASS);
        }
    }

    @BetterOnPurpose(
            "an ICMP error with less than 20 bytes of TCP is dropped, which breaks path-MTU discovery behind older routers")
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 19})
    void anErrorWithTheTwoPortsReachesTheRealOfItsFlow(int embedded) {
        try (ModelledPlane both = open()) {
            byte[] syn = assertVerdict(both, syn(), Verdict.TX);
            byte[] sent = Packets.packet(VIP, CLIENT, 0, new TcpSegment(80, 31337, TcpSegment.ACK, NO_OPTIONS));
            byte[] error = Packets.frame(
                    ROUTER, VIP, IcmpMessage.tooBig(false, 1400, Arrays.copyOf(sent, IPV4_HEADER + embedded)));

            byte[] forwarded = assertVerdict(both, error, Verdict.TX);

            assertThat(outerAddresses(forwarded)).isEqualTo(outerAddresses(syn));
        }
    }

    @BetterOnPurpose(
            "GUE: the outer UDP checksum is wrong around ICMPv4 errors and around UDP without a checksum; a computed 0 is sent"
                    + " as 0, which says \"none\"")
    @Test
    void theChecksumOfGueIsRightOrAbsent() {
        try (ModelledPlane both =
                open("encapsulation", "GUE", "encap-source-v4", "10.0.13.37", "encap-source-v6", "fc00:2307::1337")) {
            byte[] sent = Packets.packet(VIP, CLIENT, 0, new UdpDatagram(80, 31337, new byte[8]));
            byte[] error = Packets.frame(ROUTER, VIP, IcmpMessage.unreachable(false, 3, sent));
            byte[] unsummed = Packets.frame(CLIENT, VIP, new UdpDatagram(31337, 80, new byte[9]));
            Bytes.put16(unsummed, ETHERNET + IPV4_HEADER + 6, 0);

            byte[] aroundError = assertVerdict(both, error, Verdict.TX);
            assertThat(Bytes.checksum(pseudoHeader(aroundError), udp(aroundError)))
                    .isZero();
            byte[] aroundUnsummed = assertVerdict(both, unsummed, Verdict.TX);
            assertThat(Bytes.u16(udp(aroundUnsummed), 6)).isZero();
            // Payloads of every sum: among them is the one whose outer checksum is computed as 0.
            for (int word = 0; word < 0x10000; word++) {
                byte[] any = Packets.frame(CLIENT, VIP, new UdpDatagram(31337, 80, Bytes.word(word)));
                assertThat(Bytes.u16(udp(both.run(any).actual().frame()), 6)).isNotZero();
            }
        }
    }

    @BetterOnPurpose(
            "inline decapsulation mangles protocol 41 inside IPv4, IPv6 in GUE over IPv4, and ICMP errors that embed a tunnelled"
                    + " packet")
    @Test
    void ipv6LeavesAnIpv4TunnelWhole() {
        try (ModelledPlane both = openWithTunnels()) {
            byte[] packet = Packets.packet(CLIENT_V6, ANOTHER_V6, 0, segment(TcpSegment.SYN));
            byte[] older = packet.clone();
            older[7]--;
            byte[] inIpip = Packets.ipv4(CLIENT, TUNNEL_END, 0, 0, NO_OPTIONS, IPV6_IN_IP, packet);
            byte[] inGue = Packets.packet(CLIENT, TUNNEL_END, 0, new UdpDatagram(5555, 6080, packet));
            byte[] error = Packets.frame(ROUTER, ANOTHER, IcmpMessage.unreachable(false, 1, inIpip));

            assertThat(assertVerdict(both, Packets.frame(Packets.IPV4, inIpip), Verdict.PASS))
                    .isEqualTo(Packets.frame(Packets.IPV6, older));
            assertThat(assertVerdict(both, Packets.frame(Packets.IPV4, inGue), Verdict.PASS))
                    .isEqualTo(Packets.frame(Packets.IPV6, older));
            assertThat(assertVerdict(both, error, Verdict.PASS)).isEqualTo(error);
        }
    }

    @BetterOnPurpose("an inner ping is answered while a packet without its tunnel is counted")
    @Test
    void anInnerPingIsLeftToTheHostAsItIs() {
        try (ModelledPlane both = openWithTunnels()) {
            byte[] ping = Packets.packet(CLIENT, ANOTHER, 0, IcmpMessage.echoRequest(false, 1, new byte[8]));
            byte[] tunnelled = Packets.packet(CLIENT, ANOTHER, 0, new UdpDatagram(5555, 6080, ping));

            byte[] passed = assertVerdict(both, Packets.frame(Packets.IPV4, tunnelled), Verdict.PASS);

            assertThat(Arrays.copyOfRange(passed, ETHERNET + 12, passed.length))
                    .as("all behind the time to live and the checksum of the header")
                    .isEqualTo(Arrays.copyOfRange(ping, 12, ping.length));
        }
    }

    @BetterOnPurpose("the counter of undone IPIP always says IPv6")
    @Test
    void undoneTunnelsAreCountedByTheirOuterHeader() {
        try (ModelledPlane both = openWithTunnels()) {
            byte[] packet = Packets.packet(CLIENT, ANOTHER, 0, segment(TcpSegment.SYN));
            byte[] tunnelled = Packets.ipv4(CLIENT, TUNNEL_END, 0, 0, NO_OPTIONS, IPIP, packet);

            assertVerdict(both, Packets.frame(Packets.IPV4, tunnelled), Verdict.PASS);

            assertThat(counted(both, PlaneCounter.DECAP_V4)).isOne();
            assertThat(counted(both, PlaneCounter.DECAP_V6)).isZero();
        }
    }

    @BetterOnPurpose("several counters are stale or never summed")
    @Test
    void everyFrameEndsInExactlyOneCounter() {
        try (ModelledPlane both = open()) {
            both.run(syn());
            both.run(ipv4(VIP, MORE_FRAGMENTS, NO_OPTIONS, new byte[20]));
            both.run(Packets.frame(0x0806, new byte[28]));

            // The interface is a real one: its own frames are among those that pass.
            CounterSample sample = both.counters();
            assertThat(counted(sample, PlaneCounter.TX_FRAMES)).isOne();
            assertThat(counted(sample, PlaneCounter.DROP_FRAMES)).isOne();
            assertThat(counted(sample, PlaneCounter.TOTAL_FRAMES))
                    .isEqualTo(2 + counted(sample, PlaneCounter.PASS_FRAMES));
            assertThat(counted(sample, PlaneCounter.PASS_FRAMES)).isPositive();
        }
    }

    @BetterOnPurpose("`DPORT_HASH` and `NO_LRU` flows write table entries that are never found")
    @ParameterizedTest
    @ValueSource(ints = {81, 82})
    void whatIsNeverLookedUpIsNotWritten(int port) {
        try (ModelledPlane both = open()) {
            assertVerdict(
                    both,
                    Packets.frame(CLIENT, VIP, new TcpSegment(31337, port, TcpSegment.SYN, NO_OPTIONS)),
                    Verdict.TX);

            assertThat(counted(both, PlaneCounter.NEW_CONNECTIONS)).isZero();
            assertThat(counted(both, PlaneCounter.SELECTIONS)).isOne();
        }
    }

    @BetterOnPurpose("one packet counts several times against the new-connection limit")
    @Test
    void aPacketCountsOnceAgainstTheLimitOfNewConnections() {
        try (ModelledPlane both = open("max-new-connections", 3)) {
            for (int client = 1; client <= 4; client++) {
                assertVerdict(
                        both,
                        Packets.frame(CLIENT, VIP, new TcpSegment(client, 80, TcpSegment.SYN, NO_OPTIONS)),
                        Verdict.TX);
            }

            assertThat(counted(both, PlaneCounter.NEW_CONNECTIONS)).isEqualTo(3);
            assertThat(counted(both, PlaneCounter.RATE_LIMITED)).isOne();
        }
    }

    private ModelledPlane open(Object... forwarding) {
        return open(Map.of(), forwarding);
    }

    private ModelledPlane openWithTunnels() {
        return open(Map.of(Address.parse("10.200.9.1"), DecapMode.INLINE), "inline-decap", "IPIP,GUE");
    }

    private ModelledPlane open(Map<Address, DecapMode> tunnelEnds, Object... forwarding) {
        Map<Address, Integer> reals = Map.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 2);
        Map<Address, Integer> ipv6Reals = Map.of(Address.parse("fc00::1"), 1, Address.parse("fc00::2"), 1);
        return new ModelledPlane(
                machine,
                List.of(
                        VipPair.of("10.200.1.1-80-tcp", reals),
                        VipPair.of("10.200.1.1-80-udp", reals),
                        VipPair.of("10.200.1.1-81-tcp", reals, Flag.DPORT_HASH),
                        VipPair.of("10.200.1.1-82-tcp", reals, Flag.NO_LRU),
                        VipPair.of("fc00:1::1-80-tcp", ipv6Reals)),
                true,
                TestProperties.forwarding(forwarding),
                "auto",
                ModelledPlane.ROOM_FOR_ALL,
                tunnelEnds);
    }

    private static TcpSegment segment(int flags) {
        return new TcpSegment(31337, 80, flags, NO_OPTIONS);
    }

    private static byte[] syn() {
        return Packets.frame(CLIENT, VIP, segment(TcpSegment.SYN));
    }

    private static byte[] ipv4(Ip to, int fragment, byte[] options, byte[] segment) {
        return Packets.frame(Packets.IPV4, Packets.ipv4(CLIENT, to, 0, fragment, options, 6, segment));
    }

    /** Source and destination of the outer IPv4 header. */
    private static byte[] outerAddresses(byte[] frame) {
        return Arrays.copyOfRange(frame, ETHERNET + 12, ETHERNET + IPV4_HEADER);
    }

    /** The outer UDP header and all behind it. */
    private static byte[] udp(byte[] frame) {
        return Arrays.copyOfRange(frame, ETHERNET + IPV4_HEADER, frame.length);
    }

    /** RFC 768. */
    private static byte[] pseudoHeader(byte[] frame) {
        return Bytes.join(outerAddresses(frame), Bytes.word(17), Bytes.word(Bytes.u16(udp(frame), 4)));
    }

    private static long counted(ModelledPlane both, PlaneCounter counter) {
        return counted(both.counters(), counter);
    }

    private static long counted(CounterSample sample, PlaneCounter counter) {
        return sample.cpus().stream()
                .mapToLong(counters -> counters.get(counter))
                .sum();
    }

    /** What the kernel's program answered, which the model answers, too. */
    private static byte[] assertVerdict(ModelledPlane both, byte[] frame, Verdict verdict) {
        Answers answers = both.run(frame);
        assertThat(answers.actual().verdict()).isEqualTo(verdict.xdpAction());
        assertThat(answers.agree()).as(answers.expected().reason()).isTrue();
        if (verdict == Verdict.PASS && frame.length == answers.actual().frame().length) {
            assertThat(answers.actual().frame()).isEqualTo(frame);
        }
        return answers.actual().frame();
    }
}
