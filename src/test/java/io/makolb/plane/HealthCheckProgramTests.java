package io.makolb.plane;

import static io.makolb.plane.LoadedHealthCheck.markAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.BetterOnPurpose;
import io.makolb.frames.IcmpMessage;
import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.Transported;
import io.makolb.frames.UdpDatagram;
import io.makolb.libbpf.TestRun;
import io.makolb.model.VipId;
import io.makolb.plane.LoadedHealthCheck.Settings;
import io.makolb.reference.Bytes;
import io.makolb.reference.Ip;
import io.makolb.reference.ReferenceHealthCheck;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BpfTest
class HealthCheckProgramTests {

    private static final int OK = 0;
    private static final int DROPPED = 2;
    private static final int NOT_OURS = -1;
    private static final int REDIRECTED = 7;

    private static final int MARK = 1000;
    private static final int GUE_PORT = 9886;
    private static final int LARGEST_PAYLOAD = 1400;
    private static final String SOURCE_V4 = "10.0.13.37";
    private static final String SOURCE_V6 = "fc00:2307::1337";

    private static final Ip HOST_V4 = Ip.of("192.168.1.3");
    private static final Ip HOST_V6 = Ip.of("fc00:2::3");
    private static final Ip VIP_V4 = Ip.of("10.200.1.1");
    private static final Ip VIP_V6 = Ip.of("fc00:1::1");
    private static final Ip REAL_V4 = Ip.of("10.0.0.1");
    private static final Ip REAL_V6 = Ip.of("fc00::1");
    private static final byte[] GATEWAY = Bytes.of(2, 0, 0, 0xde, 0xad, 0xbe);
    private static final byte[] OTHER_GATEWAY = Bytes.of(2, 0, 0, 0xde, 0xad, 0xbf);

    @ParameterizedTest(name = "IPv6 packet {0}, IPv6 real {1}, GUE {2}")
    @CsvSource({
        "false, false, false",
        "false, true, false",
        "true, true, false",
        "false, false, true",
        "false, true, true",
        "true, true, true"
    })
    void markedPacketsLeaveAsTheModelSays(boolean ipv6, boolean real6, boolean gue) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(9_2);
        ReferenceHealthCheck model = new ReferenceHealthCheck(
                Ip.of(SOURCE_V4), Ip.of(SOURCE_V6), gue ? OptionalInt.of(GUE_PORT) : OptionalInt.empty());
        Ip real = real6 ? REAL_V6 : REAL_V4;
        int header = (real6 ? 40 : 20) + (gue ? 8 : 0);
        try (LoadedHealthCheck check = new LoadedHealthCheck(gue ? direct().gue(GUE_PORT) : direct())) {
            check.mark(MARK, real);

            for (int packets = 1; packets <= 300; packets++) {
                byte[] frame = randomFrame(random, ipv6);
                TestRun run = check.run(frame, MARK);

                assertThat(run.verdict()).isEqualTo(OK);
                assertThat(run.frame()).hasSize(frame.length + header);
                int udpSource = Bytes.u16(run.frame(), 14 + header - 8);
                assertThat(run.frame()).isEqualTo(model.encapsulated(frame, real, udpSource));
                assertThat(!gue || (udpSource & 0x400) != 0).isTrue();
                assertThat(markAfter(run)).isZero();
                assertThat(check.counter(PlaneCounter.HEALTHCHECK_PROCESSED)).isEqualTo(packets);
            }
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_DROPPED)).isZero();
        }
    }

    @Test
    void guePortsAreNotAlwaysTheSame() {
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct().gue(GUE_PORT))) {
            check.mark(MARK, REAL_V4);
            byte[] frame = udp(VIP_V4, 80);

            assertThat(IntStream.range(0, 32)
                            .map(run -> Bytes.u16(check.run(frame, MARK).frame(), 34))
                            .distinct()
                            .count())
                    .isGreaterThan(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1001, -1})
    void packetsWithoutAMarkThatIsKnownAreLeftAlone(int mark) {
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(MARK, REAL_V4);
            byte[] frame = udp(VIP_V4, 80);

            TestRun run = check.run(frame, mark);

            assertThat(run.verdict()).isEqualTo(NOT_OURS);
            assertThat(run.frame()).isEqualTo(frame);
            assertThat(markAfter(run)).isEqualTo(mark);
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_SKIPPED)).isEqualTo(1);
        }
    }

    @Test
    void eachMarkHasItsReal() {
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(0x80000001, REAL_V4);
            check.mark(2, REAL_V6);
            byte[] frame = udp(VIP_V4, 80);

            assertThat(Bytes.u16(check.run(frame, 0x80000001).frame(), 12)).isEqualTo(Packets.IPV4);
            assertThat(Bytes.u16(check.run(frame, 2).frame(), 12)).isEqualTo(Packets.IPV6);
        }
    }

    @Test
    void whatIsNotIpIsLeftAlone() {
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(MARK, REAL_V4);
            byte[] frame = Packets.frame(0x0806, new byte[46]);

            TestRun run = check.run(frame, MARK);

            assertThat(run.verdict()).isEqualTo(NOT_OURS);
            assertThat(run.frame()).isEqualTo(frame);
        }
    }

    @Test
    @BetterOnPurpose("an IPv6 health check to an IPv4 real leaves as garbage")
    void anIpv6PacketCannotGoToAnIpv4Real() {
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(MARK, REAL_V4);

            assertThat(check.run(udp(VIP_V6, 80), MARK).verdict()).isEqualTo(DROPPED);
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_WRONG_FAMILY)).isEqualTo(1);
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_DROPPED)).isEqualTo(1);
        }
    }

    @Test
    void withoutASourceOfTheFamilyNothingLeaves() {
        try (LoadedHealthCheck check = new LoadedHealthCheck(new Settings().source(SOURCE_V4))) {
            check.mark(1, REAL_V4);
            check.mark(2, REAL_V6);

            assertThat(check.run(udp(VIP_V4, 80), 1).verdict()).isEqualTo(OK);
            assertThat(check.run(udp(VIP_V4, 80), 2).verdict()).isEqualTo(DROPPED);
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_NO_SOURCE)).isEqualTo(1);
        }
    }

    @Test
    @BetterOnPurpose("a health check that the interface cannot take with its outer header vanishes")
    void whatTheInterfaceCannotTakeIsDroppedByName() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.create();
                LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            network.addVeth("wire", "end");
            int wire = network.indexOf("wire");
            check.mark(MARK, REAL_V4);

            TestRun fits = network.call(() -> check.run(udpOf(1480), MARK, wire));
            TestRun tooBig = network.call(() -> check.run(udpOf(1481), MARK, wire));

            assertThat(fits.verdict()).isEqualTo(OK);
            assertThat(tooBig.verdict()).isEqualTo(DROPPED);
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_TOO_BIG)).isEqualTo(1);
        }
    }

    @Test
    void packetsLeaveToTheGatewayOfThePlane() {
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct().gateway(false))) {
            check.mark(MARK, REAL_V4);
            byte[] frame = udp(VIP_V4, 80);
            byte[] hostsChoice = check.run(frame, MARK).frame();
            check.gateway(0, 0, GATEWAY);

            assertThat(hostsChoice).startsWith(Packets.RECEIVER);
            assertThat(check.run(frame, MARK).frame()).isEqualTo(ReferenceHealthCheck.to(GATEWAY, hostsChoice));
        }
    }

    @Test
    void anInterfaceCanHaveAGatewayOfItsOwn() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.create();
                LoadedHealthCheck check = new LoadedHealthCheck(direct().gateway(true))) {
            network.addVeth("one", "two");
            int one = network.indexOf("one");
            int two = network.indexOf("two");
            check.mark(MARK, REAL_V4);
            check.gateway(0, 0, GATEWAY);
            check.gateway(one, one, OTHER_GATEWAY);
            check.gateway(two, one, OTHER_GATEWAY);
            byte[] frame = udp(VIP_V4, 80);

            assertThat(network.call(() -> check.run(frame, MARK, one)).frame()).startsWith(OTHER_GATEWAY);
            assertThat(network.call(() -> check.run(frame, MARK, two)).frame()).startsWith(GATEWAY);
        }
    }

    @Test
    void destinationsAreCountedByAddressPortAndProtocol() {
        VipId web = VipId.parse("10.200.1.1-80-tcp");
        VipId allPorts = VipId.parse("10.200.1.1-0-tcp");
        VipId dns = VipId.parse("fc00:1::1-53-udp");
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(MARK, REAL_V6);
            check.count(web);
            check.count(allPorts);
            check.count(dns);

            check.run(tcp(VIP_V4, 80), MARK);
            check.run(tcp(VIP_V4, 80), MARK);
            check.run(tcp(VIP_V4, 443), MARK);
            check.run(udp(VIP_V4, 80), MARK);
            check.run(udp(VIP_V6, 53), MARK);
            check.run(tcp(VIP_V4, 80), 0);

            assertThat(check.counted(web)).isEqualTo(2);
            assertThat(check.counted(allPorts)).isEqualTo(1);
            assertThat(check.counted(dns)).isEqualTo(1);
        }
    }

    @Test
    void onlyWholeTransportHeadersAreCounted() {
        VipId allPorts = VipId.parse("10.200.1.1-0-udp");
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(MARK, REAL_V4);
            check.count(allPorts);
            byte[] datagram = new UdpDatagram(1, 80, new byte[8]).bytes(HOST_V4.bytes(), VIP_V4.bytes());

            for (int fragment : new int[] {0x0001, 0x2001, 0x1fff}) {
                check.run(frame(fragment, new byte[0], datagram), MARK);
            }
            check.run(frame(0, new byte[0], Bytes.of(0, 1, 0, 80, 0, 8, 0)), MARK);
            assertThat(check.counted(allPorts)).isZero();

            check.run(frame(0x2000, new byte[0], datagram), MARK);
            check.run(frame(0, new byte[8], datagram), MARK);
            assertThat(check.counted(allPorts)).isEqualTo(2);
            assertThat(check.counter(PlaneCounter.HEALTHCHECK_PROCESSED)).isEqualTo(6);
        }
    }

    @Test
    void aDroppedPacketIsNotCountedForItsDestination() {
        VipId web = VipId.parse("fc00:1::1-80-tcp");
        try (LoadedHealthCheck check = new LoadedHealthCheck(direct())) {
            check.mark(MARK, REAL_V4);
            check.count(web);

            check.run(tcp(VIP_V6, 80), MARK);

            assertThat(check.counted(web)).isZero();
        }
    }

    @Test
    void theTunnelDeviceGetsThePacketAsItIs() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.create()) {
            network.addVeth("tunnel", "end");
            int tunnel = network.indexOf("tunnel");
            try (LoadedHealthCheck check = new LoadedHealthCheck(new Settings().tunnels(tunnel, 0))) {
                check.mark(1, REAL_V4);
                check.mark(2, REAL_V6);
                byte[] frame = udpOf(1474 - 14);

                TestRun run = network.call(() -> check.run(frame, 1));

                assertThat(run.verdict()).isEqualTo(REDIRECTED);
                assertThat(run.frame()).isEqualTo(frame);
                assertThat(markAfter(run)).isZero();
                assertThat(check.run(udpOf(1475 - 14), 1).verdict()).isEqualTo(DROPPED);
                assertThat(check.counter(PlaneCounter.HEALTHCHECK_TOO_BIG)).isEqualTo(1);
                assertThat(check.run(udp(VIP_V4, 80), 2).verdict()).isEqualTo(DROPPED);
                assertThat(check.counter(PlaneCounter.HEALTHCHECK_NO_SOURCE)).isEqualTo(1);
                assertThat(check.counter(PlaneCounter.HEALTHCHECK_PROCESSED)).isEqualTo(1);
            }
        }
    }

    private static Settings direct() {
        return new Settings().source(SOURCE_V4).source(SOURCE_V6);
    }

    private static byte[] randomFrame(RandomGenerator random, boolean ipv6) {
        byte[] payload = new byte[random.nextInt(LARGEST_PAYLOAD)];
        random.nextBytes(payload);
        Transported message = switch (random.nextInt(3)) {
            case 0 -> new TcpSegment(random.nextInt(65536), 80, TcpSegment.SYN, payload);
            case 1 -> new UdpDatagram(random.nextInt(65536), 443, payload);
            default -> IcmpMessage.echoRequest(ipv6, random.nextInt(), payload);
        };
        Ip from = ipv6 ? HOST_V6 : HOST_V4;
        byte[] packet = Packets.packet(from, ipv6 ? VIP_V6 : VIP_V4, random.nextInt(256), message);
        return Packets.frame(ipv6 ? Packets.IPV6 : Packets.IPV4, packet);
    }

    private static byte[] tcp(Ip destination, int port) {
        return Packets.frame(from(destination), destination, new TcpSegment(40000, port, TcpSegment.SYN, new byte[0]));
    }

    private static byte[] udp(Ip destination, int port) {
        return Packets.frame(from(destination), destination, new UdpDatagram(40000, port, new byte[20]));
    }

    /** An IPv4 packet of this total length. */
    private static byte[] udpOf(int length) {
        return Packets.frame(HOST_V4, VIP_V4, new UdpDatagram(40000, 80, new byte[length - 28]));
    }

    private static byte[] frame(int fragment, byte[] options, byte[] payload) {
        return Packets.frame(Packets.IPV4, Packets.ipv4(HOST_V4, VIP_V4, 0, fragment, options, 17, payload));
    }

    private static Ip from(Ip destination) {
        return destination.v6() ? HOST_V6 : HOST_V4;
    }
}
