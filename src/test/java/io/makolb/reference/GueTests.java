package io.makolb.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.IcmpMessage;
import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GUE of the model: the worked examples of section 18, and checksums as a receiver computes them (decision 5). */
class GueTests {

    private static final String CLIENT = "192.168.1.1";
    private static final String CLIENT_V6 = "fc00:2::1";
    private static final String VIP = "10.200.1.1";
    private static final String VIP_TO_V6 = "10.200.1.3";
    private static final String VIP_V6 = "fc00:1::1";
    private static final int CHECKSUM = 6;

    private final ReferenceBalancer balancer = new ReferenceBalancer(
            Settings.of(Lab.GATEWAY).withGue(new Settings.Gue(9886, Ip.of("10.0.13.37"), Ip.of("fc00:2307::1337"))),
            List.of(
                    Lab.service(VIP, 80, Service.TCP, Lab.RING_A),
                    Lab.service(VIP, 80, Service.UDP, Lab.RING_A),
                    Lab.service(VIP_TO_V6, 80, Service.TCP, Lab.RING_B),
                    Lab.service(VIP_TO_V6, 80, Service.UDP, Lab.RING_B),
                    Lab.service(VIP_V6, 80, Service.TCP, Lab.RING_B),
                    Lab.service(VIP_V6, 80, Service.UDP, Lab.RING_B)));

    @ParameterizedTest
    @CsvSource({
        CLIENT + ", " + VIP + ", 687b",
        CLIENT + ", " + VIP_TO_V6 + ", 7b68",
        CLIENT_V6 + ", " + VIP_V6 + ", 7a69"
    })
    void headersAndSourcePort(String client, String vip, String port) {
        byte[] frame = Lab.tcp(client, 31337, vip, 80, TcpSegment.SYN);
        byte[] sent = balancer.receive(frame, 0).frame();
        byte[] udp = udp(sent);
        boolean v6 = sent.length - frame.length == 48;
        String length = HexFormat.of().toHexDigits((short) (frame.length - 14 + 8));

        assertThat(sent).hasSize(frame.length + (v6 ? 48 : 28)).endsWith(Arrays.copyOfRange(frame, 14, frame.length));
        assertThat(HexFormat.of().formatHex(udp, 0, 6)).isEqualTo(port + "269e" + length);
        assertThat(HexFormat.of().formatHex(sent, 14, v6 ? 38 : 30))
                .isEqualTo(
                        v6
                                ? "60000000" + length + "1140" + "fc002307000000000000000000001337"
                                : "45000044000000004011" + HexFormat.of().formatHex(sent, 24, 26) + "0a000d25");
        assertThat(v6 || Bytes.checksum(Arrays.copyOfRange(sent, 14, 34)) == 0).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {VIP, VIP_TO_V6, VIP_V6})
    void theChecksumIsTheOneAReceiverComputes(String vip) {
        String client = vip.equals(VIP_V6) ? CLIENT_V6 : CLIENT;
        boolean v6 = Ip.of(vip).v6();
        byte[] sentBack = Packets.packet(
                Ip.of(vip), Ip.of(client), 0, new TcpSegment(80, 31337, TcpSegment.ACK, new byte[] {1, 2, 3}));
        for (int length : new int[] {0, 1, 2, 77, 1400}) {
            byte[] payload = new byte[length];
            Arrays.fill(payload, (byte) 0xA7);
            assertValid(Lab.frame(client, vip, new TcpSegment(31337, 80, TcpSegment.ACK, payload)));
            assertValid(Lab.frame(client, vip, new UdpDatagram(31337, 80, payload)));
        }
        assertValid(Lab.frame(client, vip, IcmpMessage.tooBig(v6, 1400, sentBack)));
    }

    @ParameterizedTest
    @CsvSource({VIP + ", " + CLIENT, VIP_TO_V6 + ", " + CLIENT, VIP_V6 + ", " + CLIENT_V6})
    void whereTheSumIsUnknownThereIsNoChecksum(String vip, String client) {
        int transport = Ip.of(vip).v6() ? 54 : 34;
        byte[] without = Lab.udp(client, 31337, vip, 80);
        Bytes.put16(without, transport + 6, 0);
        byte[] notAllOfIt = Lab.frame(client, vip, new UdpDatagram(31337, 80, new byte[10]));
        Bytes.put16(notAllOfIt, transport + 4, 17);

        for (byte[] frame : List.of(without, notAllOfIt)) {
            assertThat(Bytes.u16(udp(balancer.receive(frame, 0).frame()), CHECKSUM))
                    .isZero();
        }
    }

    /** Over all ports of a client every checksum occurs, but never "none". */
    @Test
    void noChecksumIsZero() {
        Set<Integer> seen = new HashSet<>();
        for (int port = 0; port < 65_536; port++) {
            byte[] frame = Lab.tcp(CLIENT, port, VIP, 80, TcpSegment.ACK);
            seen.add(Bytes.u16(udp(balancer.receive(frame, 0).frame()), CHECKSUM));
        }
        assertThat(seen).contains(0xFFFF).doesNotContain(0);
    }

    private void assertValid(byte[] frame) {
        byte[] sent = balancer.receive(frame, 0).frame();
        boolean v6 = Bytes.u16(sent, 12) == Packets.IPV6;
        byte[] addresses = v6 ? Bytes.slice(sent, 22, 32) : Bytes.slice(sent, 26, 8);
        byte[] udp = udp(sent);
        assertThat(Bytes.u16(udp, CHECKSUM)).isNotZero();
        assertThat(Bytes.checksum(addresses, Bytes.word(17), Bytes.word(udp.length), udp))
                .isZero();
    }

    /** The datagram to the real. */
    private static byte[] udp(byte[] sent) {
        int offset = Bytes.u16(sent, 12) == Packets.IPV6 ? 54 : 34;
        return Bytes.slice(sent, offset, Bytes.u16(sent, offset + 4));
    }
}
