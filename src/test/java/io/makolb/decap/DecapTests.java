package io.makolb.decap;

import static io.makolb.decap.Frames.GUE;
import static io.makolb.decap.Frames.IPIP;
import static io.makolb.decap.Frames.IPV4;
import static io.makolb.decap.Frames.IPV6;
import static io.makolb.decap.Frames.IPV6_IN_IP;
import static io.makolb.decap.Frames.UDP;
import static io.makolb.decap.Frames.ethernet;
import static io.makolb.decap.Frames.ipv4;
import static io.makolb.decap.Frames.ipv6;
import static io.makolb.decap.Frames.udp;
import static io.makolb.decap.Frames.withChecksum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.makolb.BetterOnPurpose;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TestRun;
import io.makolb.sandbox.BpfTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@BpfTest
class DecapTests {

    private static final int XDP_DROP = 1;
    private static final int XDP_PASS = 2;

    /** Positions in struct decap_counters. */
    private static final int OUTER_IPV4 = 0;

    private static final int OUTER_IPV6 = 1;
    private static final int EXPIRED = 2;
    private static final int CONGESTED = 3;

    private static final byte[] DATAGRAM =
            "ports, length, checksum and what the client said".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLIENT_IPV4 = ipv4(0, 61, UDP, DATAGRAM);
    private static final byte[] CLIENT_IPV6 = ipv6(0, 61, UDP, DATAGRAM);

    private BpfObject object;

    @BeforeEach
    void load() throws IOException {
        try (InputStream image = DecapTests.class.getResourceAsStream("/bpf/decap.bpf.o")) {
            assertThat(image).as("the build's decap.bpf.o").isNotNull();
            object = BpfObject.open("decap", image.readAllBytes());
        }
        object.load();
    }

    @AfterEach
    void close() {
        object.close();
    }

    static Stream<Arguments> tunnels() {
        return Stream.of("decap", "decap_frags")
                .flatMap(program -> Stream.of(
                        arguments(program, IPV4, ipv4(0, 9, IPIP, CLIENT_IPV4), IPV4, CLIENT_IPV4, OUTER_IPV4),
                        arguments(program, IPV4, ipv4(0, 9, IPV6_IN_IP, CLIENT_IPV6), IPV6, CLIENT_IPV6, OUTER_IPV4),
                        arguments(program, IPV4, ipv4(0, 9, UDP, udp(GUE, CLIENT_IPV4)), IPV4, CLIENT_IPV4, OUTER_IPV4),
                        arguments(program, IPV4, ipv4(0, 9, UDP, udp(GUE, CLIENT_IPV6)), IPV6, CLIENT_IPV6, OUTER_IPV4),
                        arguments(program, IPV6, ipv6(0, 9, UDP, udp(GUE, CLIENT_IPV4)), IPV4, CLIENT_IPV4, OUTER_IPV6),
                        arguments(program, IPV6, ipv6(0, 9, UDP, udp(GUE, CLIENT_IPV6)), IPV6, CLIENT_IPV6, OUTER_IPV6),
                        arguments(program, IPV6, ipv6(0, 9, IPIP, CLIENT_IPV4), IPV4, CLIENT_IPV4, OUTER_IPV6),
                        arguments(program, IPV6, ipv6(0, 9, IPV6_IN_IP, CLIENT_IPV6), IPV6, CLIENT_IPV6, OUTER_IPV6)));
    }

    @ParameterizedTest(name = "{0}, EtherType {1} to {3}")
    @MethodSource("tunnels")
    void theClientsPacketComesOutAsItWentIn(
            String program, int outerType, byte[] outer, int innerType, byte[] inner, int counter) {
        TestRun run = run(program, ethernet(outerType, outer));

        assertThat(run.verdict()).isEqualTo(XDP_PASS);
        assertThat(run.frame()).isEqualTo(ethernet(innerType, inner));
        assertThat(count(counter)).isEqualTo(1);
    }

    static Stream<Arguments> otherTraffic() {
        byte[] tunnelled = ipv4(0, 9, IPIP, CLIENT_IPV4);
        return Stream.of(
                arguments("a datagram", ethernet(IPV4, CLIENT_IPV4)),
                arguments("an IPv6 datagram", ethernet(IPV6, CLIENT_IPV6)),
                arguments("ARP", ethernet(0x0806, new byte[46])),
                arguments("a datagram with options", ethernet(IPV4, change(CLIENT_IPV4, 0, 0x46))),
                arguments("a fragment of a datagram", ethernet(IPV4, change(CLIENT_IPV4, 6, 0x20))),
                arguments("a tunnelled packet with options", ethernet(IPV4, change(tunnelled, 0, 0x46))),
                arguments("the first fragment of a tunnelled packet", ethernet(IPV4, change(tunnelled, 6, 0x20))),
                arguments("a later fragment of a tunnelled packet", ethernet(IPV4, change(tunnelled, 7, 0x01))),
                arguments("an option before the tunnelled packet", ethernet(IPV6, ipv6(0, 9, 60, CLIENT_IPV6))),
                arguments("IPv6 announced as IPv4", ethernet(IPV4, ipv4(0, 9, IPIP, CLIENT_IPV6))),
                arguments("IPv4 announced as IPv6", ethernet(IPV6, ipv6(0, 9, IPV6_IN_IP, CLIENT_IPV4))),
                arguments("half an inner header", ethernet(IPV4, ipv4(0, 9, IPIP, Arrays.copyOf(CLIENT_IPV4, 19)))),
                arguments("half an inner IPv6", ethernet(IPV6, ipv6(0, 9, IPV6_IN_IP, Arrays.copyOf(CLIENT_IPV6, 39)))),
                arguments("UDP to another port", ethernet(IPV4, ipv4(0, 9, UDP, udp(GUE + 1, CLIENT_IPV4)))),
                arguments("GUE with a header", ethernet(IPV4, ipv4(0, 9, UDP, udp(GUE, change(new byte[60], 1, 4))))),
                arguments("GUE around nothing", ethernet(IPV6, ipv6(0, 9, UDP, udp(GUE, new byte[0])))),
                arguments(
                        "GUE around 19 bytes",
                        ethernet(IPV4, ipv4(0, 9, UDP, udp(GUE, Arrays.copyOf(CLIENT_IPV4, 19))))),
                arguments("a fragment of GUE", ethernet(IPV4, change(ipv4(0, 9, UDP, udp(GUE, CLIENT_IPV4)), 6, 0x20))),
                arguments("a tunnelled packet to a group", change(ethernet(IPV4, tunnelled), 0, 0x03)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherTraffic")
    @BetterOnPurpose("its decapsulation on reals drops fragments and options of all traffic")
    void otherTrafficIsNotTouched(String what, byte[] frame) {
        TestRun run = run("decap", frame);

        assertThat(run.verdict()).as(what).isEqualTo(XDP_PASS);
        assertThat(run.frame()).as(what).isEqualTo(frame);
        assertThat(count(OUTER_IPV4) + count(OUTER_IPV6)).isZero();
    }

    @Test
    void theInnerTimeToLiveIsLeftToWhoForwards() {
        byte[] last = ipv4(0, 1, UDP, DATAGRAM);

        TestRun run = run("decap", ethernet(IPV4, ipv4(0, 9, IPIP, last)));

        assertThat(run.verdict()).isEqualTo(XDP_PASS);
        assertThat(run.frame()).isEqualTo(ethernet(IPV4, last));
    }

    @Test
    void anInnerPacketWhoseTimeIsOverIsDiscarded() {
        assertThat(run("decap", ethernet(IPV4, ipv4(0, 9, IPIP, ipv4(0, 0, UDP, DATAGRAM))))
                        .verdict())
                .isEqualTo(XDP_DROP);
        assertThat(run("decap", ethernet(IPV6, ipv6(0, 9, IPV6_IN_IP, ipv6(0, 0, UDP, DATAGRAM))))
                        .verdict())
                .isEqualTo(XDP_DROP);
        assertThat(count(EXPIRED)).isEqualTo(2);
    }

    @ParameterizedTest(name = "outer {0}, inner {1} gives {2}")
    @CsvSource({"3, 1, 3", "3, 2, 3", "3, 3, 3", "2, 2, 2", "2, 0, 0", "0, 3, 3", "0, 2, 2"})
    void congestionSeenInTheTunnelReachesTheReceiver(int outerEcn, int innerEcn, int expected) {
        // DSCP 46 (expedited forwarding) inside must survive, whatever the outer one says
        int inner = 46 << 2 | innerEcn;
        int wanted = 46 << 2 | expected;

        assertThat(run("decap", ethernet(IPV4, ipv4(outerEcn, 9, IPIP, ipv4(inner, 61, UDP, DATAGRAM))))
                        .frame())
                .isEqualTo(ethernet(IPV4, ipv4(wanted, 61, UDP, DATAGRAM)));
        assertThat(run("decap", ethernet(IPV6, ipv6(outerEcn, 9, IPV6_IN_IP, ipv6(inner, 61, UDP, DATAGRAM))))
                        .frame())
                .isEqualTo(ethernet(IPV6, ipv6(wanted, 61, UDP, DATAGRAM)));
        assertThat(run("decap", ethernet(IPV4, ipv4(outerEcn, 9, UDP, udp(GUE, ipv6(inner, 61, UDP, DATAGRAM)))))
                        .frame())
                .isEqualTo(ethernet(IPV6, ipv6(wanted, 61, UDP, DATAGRAM)));
    }

    @Test
    void congestionThatTheInnerPacketCannotCarryCostsThePacket() {
        assertThat(run("decap", ethernet(IPV4, ipv4(3, 9, IPIP, CLIENT_IPV4))).verdict())
                .isEqualTo(XDP_DROP);
        assertThat(run("decap", ethernet(IPV6, ipv6(3, 9, IPV6_IN_IP, CLIENT_IPV6)))
                        .verdict())
                .isEqualTo(XDP_DROP);
        assertThat(count(CONGESTED)).isEqualTo(2);
    }

    private TestRun run(String name, byte[] frame) {
        try (BpfProgram program = object.program(name)) {
            return program.testRun(frame);
        }
    }

    private static byte[] change(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed.length > 20 && (changed[0] & 0xf0) == 0x40 ? withChecksum(changed) : changed;
    }

    /** Sum of one counter over all CPUs. */
    private long count(int position) {
        try (BpfMap map = object.map("decap_counters")) {
            ByteBuffer value = ByteBuffer.allocateDirect(map.valueBytes()).order(ByteOrder.nativeOrder());
            assertThat(map.lookup(0, value)).isTrue();
            long sum = 0;
            for (int cpu = 0; cpu < map.valueBytes(); cpu += map.valueStride()) {
                sum += value.getLong(cpu + position * Long.BYTES);
            }
            return sum;
        }
    }
}
