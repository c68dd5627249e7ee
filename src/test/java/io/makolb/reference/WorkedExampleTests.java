package io.makolb.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model against the observed behaviour: section 18. */
class WorkedExampleTests {

    private static final List<Service> SERVICES = List.of(
            Lab.service("10.200.1.1", 80, Service.TCP, Lab.RING_A),
            Lab.service("10.200.1.1", 80, Service.UDP, Lab.RING_A),
            Lab.service("10.200.1.2", 0, Service.TCP, Lab.RING_A),
            Lab.service("10.200.1.3", 80, Service.TCP, Lab.RING_B),
            Lab.service("10.200.1.4", 0, Service.TCP, Lab.RING_A, Flag.DPORT_HASH),
            Lab.service("10.200.1.5", 443, Service.UDP, Lab.RING_A, Flag.QUIC_VIP),
            Lab.service("10.200.1.6", 80, Service.TCP, Lab.RING_A, Flag.NO_SPORT),
            Lab.service("10.200.1.7", 0, Service.TCP, Lab.RING_A, Flag.HASH_SRC_DST_PORT),
            Lab.service("fc00:1::1", 80, Service.TCP, Lab.RING_B),
            Lab.service("fc00:1::2", 443, Service.UDP, Lab.RING_B, Flag.QUIC_VIP));

    private final ReferenceBalancer balancer = new ReferenceBalancer(Settings.of(Lab.GATEWAY), SERVICES);

    @ParameterizedTest
    @CsvSource({
        "6, 192.168.1.1, 10.200.1.1, 80, 10.0.0.3, 172.16.104.123",
        "17, 192.168.1.1, 10.200.1.1, 80, 10.0.0.3, 172.16.104.123",
        "6, 192.168.1.1, 10.200.1.2, 42, 10.0.0.2, 172.16.104.123",
        "6, 192.168.1.1, 10.200.1.4, 42, 10.0.0.2, 172.16.105.122",
        "6, 192.168.1.1, 10.200.1.3, 80, fc00::1, 100::bac1:101",
        "6, fc00:2::1, fc00:1::1, 80, fc00::3, 100::7a69:1",
        "6, 192.168.1.1, 10.200.1.6, 80, 10.0.0.3, 172.16.1.1",
        "6, 192.168.1.1, 10.200.1.7, 443, 10.0.0.3, 172.16.104.123"
    })
    void realAndOuterSource(int protocol, String client, String vip, int port, String real, String outerSource) {
        byte[] frame = protocol == Service.UDP
                ? Lab.udp(client, 31337, vip, port)
                : Lab.tcp(client, 31337, vip, port, TcpSegment.SYN);
        assertSent(real, outerSource, frame);
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.42, 10.200.1.5, 10.0.0.2, 172.16.104.80", "fc00:2::42, fc00:1::2, fc00::1, 100::7a69:42"})
    void aQuicInitial(String client, String vip, String real, String outerSource) {
        byte[] initial = HexFormat.of().parseHex("c000000001" + "08" + "4100830400000000");

        assertSent(real, outerSource, Lab.frame(client, vip, new UdpDatagram(31337, 443, initial)));

        assertThat(balancer.tally().of(Counter.QUIC_INITIAL)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"41008304, 1026", "80030402, 197634"})
    void aQuicShortHeader(String connectionId, long serverId) {
        byte[] header = HexFormat.of().parseHex("40" + connectionId + "00000000");
        balancer.putServerId(serverId, Optional.of(Ip.of("10.0.0.3")));

        assertSent(
                "10.0.0.3",
                "172.16.104.80",
                Lab.frame("192.168.1.42", "10.200.1.5", new UdpDatagram(31337, 443, header)));

        assertThat(balancer.tally().of(Counter.QUIC_BY_ID)).isEqualTo(1);
    }

    private void assertSent(String real, String outerSource, byte[] frame) {
        Outcome outcome = balancer.receive(frame, 0);
        assertThat(outcome.verdict()).isEqualTo(Verdict.TX);
        assertThat(outcome.real()).contains(Ip.of(real));
        boolean v6 = Ip.of(real).v6();
        int sourceOffset = v6 ? 14 + 8 : 14 + 12;
        int length = v6 ? 16 : 4;
        assertThat(Ip.of(Arrays.copyOfRange(outcome.frame(), sourceOffset, sourceOffset + length)))
                .isEqualTo(Ip.of(outerSource));
        assertThat(Ip.of(Arrays.copyOfRange(outcome.frame(), sourceOffset + length, sourceOffset + 2 * length)))
                .isEqualTo(Ip.of(real));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.1, 31337, 80, c7e68632, 48717",
        "192.168.1.1, 31337, 0, 01c79de1, 39962",
        "0.0.0.0, 42, 42, df5e9469, 46348",
        "192.168.1.42, 31337, 443, 900ba7c9, 6078",
        "fc00:2::1, 31337, 80, 9c5a2eda, 37505",
        "fc00:2::42, 31337, 443, d7277f14, 42990"
    })
    void hashAndSlot(String source, int sourcePort, int destinationPort, String hash, int slot) {
        Flow flow = flow(source, sourcePort, destinationPort);
        Selection selection = new Selection(Settings.of(Lab.GATEWAY));
        assertThat(selection.hash(flow)).isEqualTo(Integer.parseUnsignedInt(hash, 16));
        assertThat(selection.slot(flow, 65537)).isEqualTo(slot);
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.1, 0, 80, 48171", "192.168.1.1, 31337, 443, 44923"})
    void slotOnly(String source, int sourcePort, int destinationPort, int slot) {
        Selection selection = new Selection(Settings.of(Lab.GATEWAY));
        assertThat(selection.slot(flow(source, sourcePort, destinationPort), 65537))
                .isEqualTo(slot);
    }

    @Test
    void theWholePacket() {
        byte[] payload = "katran test pkt".getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Lab.frame("192.168.1.1", "10.200.1.1", new UdpDatagram(31337, 80, payload));
        assertThat(frame).hasSize(57);
        byte[] forwarded = balancer.receive(frame, 0).frame();
        String hex = HexFormat.of().formatHex(forwarded);
        assertThat(hex.substring(0, 48))
                .isEqualTo("0000deadbeaf" + "020000000000" + "0800" + "4500003f00000000" + "4004");
        assertThat(hex.substring(52, 68)).isEqualTo("ac10687b" + "0a000003");
        assertThat(Bytes.checksum(Arrays.copyOfRange(forwarded, 14, 34))).isZero();
        assertThat(hex.substring(68)).isEqualTo(HexFormat.of().formatHex(frame).substring(28));
        assertThat(Bytes.u16(frame, 12)).isEqualTo(Packets.IPV4);
    }

    private static Flow flow(String source, int sourcePort, int destinationPort) {
        Ip address = Ip.of(source);
        return new Flow(address, address, sourcePort, destinationPort, Service.TCP, false, false);
    }
}
