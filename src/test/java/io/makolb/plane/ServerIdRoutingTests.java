package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.BetterOnPurpose;
import io.makolb.frames.IcmpMessage;
import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.ModelledPlane.Answers;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Bytes;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.reference.Verdict;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packets that name their real, one after the other: what the connection table makes of them. Program and model treat every frame;
 * no ring has the reals that the ids stand for.
 */
@BpfTest
class ServerIdRoutingTests {

    private static final String CLIENT = "192.168.1.1";
    private static final String CLIENT_V6 = "fc00:2::1";
    private static final Address RING = Address.parse("10.0.0.1");
    private static final Address RING_V6 = Address.parse("fc00::1");
    private static final Address NAMED = Address.parse("10.0.0.9");
    private static final Address OTHER = Address.parse("10.0.0.8");
    private static final Address NAMED_V6 = Address.parse("fc00::9");
    private static final int ID = 1026;
    private static final int OTHER_ID = 197_634;
    private static final int ID_V6 = 7;
    private static final int BEYOND_ALL_REALS = 60_000;

    private static final List<VipPair> VIPS = List.of(
            VipPair.of("10.200.1.5-443-udp", Map.of(RING, 1), Flag.QUIC_VIP),
            VipPair.of("10.200.1.6-443-udp", Map.of(RING, 1), Flag.QUIC_VIP, Flag.NO_LRU),
            VipPair.of("10.200.1.7-443-udp", Map.of(RING, 1), Flag.UDP_STABLE_ROUTING),
            VipPair.of("10.200.1.8-443-udp", Map.of(RING, 1), Flag.UDP_STABLE_ROUTING, Flag.QUIC_VIP),
            VipPair.of("10.200.1.1-80-tcp", Map.of(RING, 1)),
            VipPair.of("10.200.1.2-80-tcp", Map.of(RING, 1), Flag.DPORT_HASH),
            VipPair.of("10.200.1.3-80-tcp", Map.of(RING, 1), Flag.QUIC_VIP),
            VipPair.of("183.6.2.4-80-tcp", Map.of(RING, 1)),
            VipPair.of("fc00:1::5-443-udp", Map.of(RING_V6, 1), Flag.QUIC_VIP),
            VipPair.of("fc00:1::7-443-udp", Map.of(RING_V6, 1), Flag.UDP_STABLE_ROUTING),
            VipPair.of("fc00:1::1-80-tcp", Map.of(RING_V6, 1)),
            // Nobody sends anything here: they make the reals known that only ids stand for.
            VipPair.of("10.200.9.9-9-udp", Map.of(NAMED, 1, OTHER, 1, NAMED_V6, 1)));

    private static final String QUIC = "10.200.1.5";
    private static final String QUIC_NO_LRU = "10.200.1.6";
    private static final String STABLE = "10.200.1.7";
    private static final String QUIC_AND_STABLE = "10.200.1.8";
    private static final String TCP = "10.200.1.1";
    private static final String TCP_LIKE_AN_OPTION = "183.6.2.4";
    private static final String TCP_DPORT_HASH = "10.200.1.2";
    private static final String TCP_WITH_QUIC_FLAG = "10.200.1.3";

    /** Connection id of format 1 with 1026, of format 2 with 197634: the specification's examples. */
    private static final byte[] BY_ID = shortHeader(0x41, 0x00, 0x83, 0x04);

    private static final byte[] BY_OTHER_ID = shortHeader(0x80, 0x03, 0x04, 0x02);
    private static final byte[] WITHOUT_ID = shortHeader(0x00, 0x00, 0x00, 0x00);
    private static final byte[] INITIAL = Bytes.join(Bytes.of(0xC0, 0, 0, 0, 1, 8), new byte[8]);

    private TestMachine machine;
    private Optional<ModelledPlane> opened = Optional.empty();
    private final Map<PlaneCounter, Long> before = new HashMap<>();

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
        PinnedThread.to(0);
    }

    @AfterEach
    void removeMachine() {
        opened.ifPresent(ModelledPlane::close);
        machine.close();
    }

    @Test
    void quicPacketsGoToTheRealOfTheirConnectionId() {
        open();

        assertSent(RING, udp(QUIC, INITIAL));
        assertSent(NAMED, udp(QUIC, BY_ID));
        assertSent(OTHER, udp(QUIC, BY_OTHER_ID));
        assertSent(NAMED, udp(QUIC, longHeader(0xE0, 8, 0x41, 0x00, 0x83, 0x04)));
        assertSent(NAMED, udp(QUIC, longHeader(0xF0, 20, 0xC3, 0x00, 0x00, 0x04, 0x02)));
        assertSent(NAMED_V6, udpV6("fc00:1::5", shortHeader(0xBF, 0x00, 0x00, 0x07)));

        assertCounted(PlaneCounter.QUIC_INITIAL, 1);
        assertCounted(PlaneCounter.QUIC_BY_ID, 5);
        assertCounted(PlaneCounter.QUIC_IDS_V1, 2);
        assertCounted(PlaneCounter.QUIC_IDS_V2, 2);
        assertCounted(PlaneCounter.QUIC_IDS_V3, 1);
        assertThat(vip("10.200.1.5-443-udp").serverIdNew()).isEqualTo(1);
    }

    @Test
    void quicPacketsThatNameNobodyArePlacedAsOthers() {
        open();

        assertSent(RING, udp(QUIC, WITHOUT_ID));
        assertSent(RING, udp(QUIC, shortHeader(0x40, 0x00, 0x00, 0x00)));
        assertSent(RING, udp(QUIC, shortHeader(0x80, 0x00, 0x00, 0x09)));
        assertSent(RING, udp(QUIC, shortHeader(0xC0, 0xFF, 0x00, 0x04, 0x02)));
        assertSent(RING, udp(QUIC, shortHeader(0xC0, 0x00, 0xFF, 0xFF, 0xFE)));
        assertSent(RING, udp(QUIC, longHeader(0xE0, 7, 0x41, 0x00, 0x83, 0x04)));
        assertSent(RING, udp(QUIC, Bytes.of(0x00, 0x41, 0x00, 0x83, 0x04, 0, 0, 0)));
        assertSent(RING, udp(QUIC, new byte[0]));

        assertCounted(PlaneCounter.QUIC_WITHOUT_ID, 8);
        assertCounted(PlaneCounter.QUIC_UNKNOWN_IDS, 2);
        assertCounted(PlaneCounter.QUIC_BY_ID, 0);
    }

    /** Entries that ids make count as expired, so a flow that goes on without one is the ring's again. */
    @Test
    void aUdpFlowThatAnIdPlacedIsNotFoundWithoutIt() {
        open();

        assertSent(NAMED, udp(QUIC, BY_ID));
        assertSent(NAMED, udp(QUIC, BY_ID));
        assertSent(RING, udp(QUIC, WITHOUT_ID));
        assertSent(RING, udp(QUIC, WITHOUT_ID));

        assertCounted(PlaneCounter.QUIC_TABLE_NOT_FOUND, 1);
        assertCounted(PlaneCounter.QUIC_TABLE_MATCH, 1);
        assertCounted(PlaneCounter.NEW_CONNECTIONS, 2);
        assertCounted(PlaneCounter.TABLE_HITS, 1);
        assertCounted(PlaneCounter.MISS_UDP, 1);
    }

    @Test
    void anIdThatContradictsTheTableCorrectsIt() {
        open();

        assertSent(RING, udp(QUIC, INITIAL));
        assertSent(NAMED, udp(QUIC, BY_ID));
        assertSent(NAMED, udp(QUIC, WITHOUT_ID));
        assertSent(OTHER, udp(QUIC, BY_OTHER_ID));
        assertSent(OTHER, udp(QUIC, WITHOUT_ID));

        assertCounted(PlaneCounter.QUIC_TABLE_MISMATCH, 2);
        assertCounted(PlaneCounter.TABLE_HITS, 2);
        assertThat(vip("10.200.1.5-443-udp").serverIdMismatches()).isEqualTo(2);
    }

    /** The entry is as old as the last packet that was found in it. */
    @Test
    void packetsWithAnIdDoNotKeepTheEntryAlive() {
        Duration timeout = Duration.ofSeconds(2);
        open("udp-timeout", timeout);

        assertSent(RING, udp(QUIC, INITIAL));
        assertSent(NAMED, udp(QUIC, BY_ID));
        await().pollDelay(timeout.dividedBy(2)).until(() -> true);
        assertSent(NAMED, udp(QUIC, BY_ID));
        await().pollDelay(timeout.dividedBy(2).plusMillis(300)).until(() -> true);
        assertSent(RING, udp(QUIC, WITHOUT_ID));

        assertCounted(PlaneCounter.TABLE_HITS, 0);
        assertCounted(PlaneCounter.MISS_UDP, 2);
    }

    @Test
    void theTableOfAVipThatIsNeverAskedIsTold() {
        open();

        assertSent(NAMED, udp(QUIC_NO_LRU, BY_ID));
        assertSent(NAMED, udp(QUIC_NO_LRU, BY_ID));
        assertSent(RING, udp(QUIC_NO_LRU, INITIAL));
        assertSent(OTHER, udp(QUIC_NO_LRU, BY_OTHER_ID));

        assertCounted(PlaneCounter.QUIC_TABLE_NOT_FOUND, 1);
        assertCounted(PlaneCounter.QUIC_TABLE_MATCH, 1);
        assertCounted(PlaneCounter.QUIC_TABLE_MISMATCH, 1);
        assertCounted(PlaneCounter.NEW_CONNECTIONS, 1);
        assertCounted(PlaneCounter.TABLE_HITS, 0);
    }

    @Test
    void icmpErrorsOfQuicVipsFollowTheirFlow() {
        open();
        byte[] sent = Packets.packet(Ip.of(QUIC), Ip.of(CLIENT), 0, new UdpDatagram(443, 31337, BY_ID));

        assertSent(RING, Packets.frame(Ip.of(CLIENT), Ip.of(QUIC), IcmpMessage.unreachable(false, 3, sent)));
        assertSent(NAMED, udp(QUIC, BY_ID));
        assertSent(NAMED, Packets.frame(Ip.of(CLIENT), Ip.of(QUIC), IcmpMessage.tooBig(false, 1400, sent)));

        assertCounted(PlaneCounter.QUIC_ICMP, 2);
        assertCounted(PlaneCounter.QUIC_ICMP_UNREACHABLE, 1);
        assertCounted(PlaneCounter.QUIC_BY_ID, 1);
    }

    @Test
    void stableDatagramsGoToTheRealOfTheirHeaderPastTheTable() {
        open();

        assertSent(RING, udp(STABLE, stable(0x53, ID)));
        assertSent(NAMED, udp(STABLE, stable(0x52, ID)));
        assertSent(RING, udp(STABLE, stable(0x53, ID)));
        assertSent(RING, udp(STABLE, stable(0x52, 9)));
        assertSent(RING, udp(STABLE, stable(0x52, 0)));
        assertSent(NAMED_V6, udpV6("fc00:1::7", stable(0x52, ID_V6)));

        assertCounted(PlaneCounter.STABLE_BY_ID, 2);
        assertCounted(PlaneCounter.STABLE_WITHOUT_ID, 4);
        assertCounted(PlaneCounter.STABLE_OTHER_PACKETS, 2);
        assertCounted(PlaneCounter.STABLE_UNKNOWN_IDS, 1);
        assertCounted(PlaneCounter.TABLE_HITS, 3);
        assertCounted(PlaneCounter.NEW_CONNECTIONS, 1);
    }

    /** A first byte of 52 is a short QUIC header too: 40 00 40 is then a connection id of format 1, or a stable header's id. */
    @Test
    void aStableHeaderOverrulesAConnectionId() {
        open();
        byte[] both = Bytes.of(0x52, 0x40, 0x00, 0x40, 0, 0, 0, 0, 0, 0);
        putServerId(1, NAMED);

        assertSent(NAMED, udp(QUIC_AND_STABLE, both));
        putServerId(0x400040, OTHER);
        assertSent(OTHER, udp(QUIC_AND_STABLE, both));

        assertCounted(PlaneCounter.QUIC_BY_ID, 2);
        assertCounted(PlaneCounter.QUIC_TABLE_MATCH, 1);
        assertCounted(PlaneCounter.STABLE_BY_ID, 1);
    }

    @Test
    void tcpSegmentsGoToTheRealOfTheirOptionAndTheTableLearnsIt() {
        open();

        assertSent(RING, tcp(TCP, TcpSegment.SYN, serverId(ID)));
        assertSent(NAMED, tcp(TCP, TcpSegment.ACK, serverId(ID)));
        assertSent(NAMED, tcp(TCP, TcpSegment.ACK, new byte[0]));
        assertSent(OTHER, tcp(TCP, TcpSegment.ACK, Bytes.join(Bytes.of(1, 1), serverId(OTHER_ID))));
        assertSent(OTHER, tcp(TCP, TcpSegment.RST, new byte[0]));
        assertSent(RING, tcp(TCP, TcpSegment.SYN, new byte[0]));
        assertSent(RING, tcp(TCP, TcpSegment.ACK, new byte[0]));
        assertSent(NAMED_V6, tcpV6("fc00:1::1", serverId(ID_V6)));
        assertSent(NAMED_V6, tcpV6("fc00:1::1", new byte[0]));

        assertCounted(PlaneCounter.TCP_ID_SYN, 2);
        assertCounted(PlaneCounter.TCP_BY_ID, 3);
        assertCounted(PlaneCounter.TCP_TABLE_MISMATCH, 2);
        assertCounted(PlaneCounter.TCP_WITHOUT_ID, 4);
        assertThat(vip("10.200.1.1-80-tcp").serverIdNew()).isEqualTo(2);
        assertThat(vip("10.200.1.1-80-tcp").serverIdMismatches()).isEqualTo(2);
    }

    /** Where a TCP header and its options would be, the header that the error embeds has its length and the VIP: b7 06 ... */
    @Test
    @BetterOnPurpose(
            "an ICMP error about a TCP flow is searched for options where a TCP header would be: a VIP in 183.6.0.0/16 looks like one")
    void icmpErrorsAreNotSearchedForOptions() {
        open();
        putServerId(2 | 4 << 8 | 192 << 16, NAMED);
        byte[] sent = Packets.packet(
                Ip.of(TCP_LIKE_AN_OPTION),
                Ip.of("192.0.2.1"),
                0,
                new TcpSegment(80, 31337, TcpSegment.ACK, new byte[0]));
        sent[4] = 0x70;

        assertSent(
                RING,
                Packets.frame(Ip.of("192.0.2.1"), Ip.of(TCP_LIKE_AN_OPTION), IcmpMessage.unreachable(false, 1, sent)));

        assertCounted(PlaneCounter.TCP_WITHOUT_ID, 1);
    }

    /** The ring's choices for such a VIP are not remembered, those of ids are. */
    @Test
    void aFlowWithAHashedPortIsKnownByItsId() {
        open();

        assertSent(RING, tcp(TCP_DPORT_HASH, TcpSegment.ACK, new byte[0]));
        assertSent(NAMED, tcp(TCP_DPORT_HASH, TcpSegment.ACK, serverId(ID)));
        assertSent(NAMED, tcp(TCP_DPORT_HASH, TcpSegment.ACK, new byte[0]));

        assertCounted(PlaneCounter.NEW_CONNECTIONS, 1);
        assertCounted(PlaneCounter.TABLE_HITS, 1);
    }

    /** Katran looks at the flag alone: where UDP's payload would be, the acknowledgment number of TCP stands. */
    @Test
    void theQuicFlagOfATcpVipReadsTheTcpHeader() {
        open();
        byte[] segment = tcp(TCP_WITH_QUIC_FLAG, TcpSegment.ACK, new byte[0]);
        System.arraycopy(BY_ID, 0, segment, 14 + 20 + 8, 4);

        assertSent(NAMED, segment);
        assertSent(NAMED, tcp(TCP_WITH_QUIC_FLAG, TcpSegment.ACK, new byte[0]));

        assertCounted(PlaneCounter.QUIC_BY_ID, 1);
        assertCounted(PlaneCounter.TABLE_HITS, 1);
    }

    @Test
    void switchedOffNothingButQuicIsLookedFor() {
        open("udp-stable-routing", false, "tcp-server-id-routing", false);

        assertSent(NAMED, udp(QUIC, BY_ID));
        assertSent(RING, udp(STABLE, stable(0x52, ID)));
        assertSent(RING, tcp(TCP, TcpSegment.ACK, serverId(ID)));

        assertCounted(PlaneCounter.STABLE_WITHOUT_ID, 0);
        assertCounted(PlaneCounter.TCP_WITHOUT_ID, 0);
    }

    /** IPv4 cannot be told that it carries IPv6: a QUIC packet must not go to another real, the others find theirs otherwise. */
    @Test
    @BetterOnPurpose("IPv6 packets with the server id of an IPv4 real leave as garbage")
    void anIpv6PacketThatNamesAnIpv4Real() {
        open();

        assertThat(run(udpV6("fc00:1::5", BY_ID))).isEmpty();
        assertSent(RING_V6, udpV6("fc00:1::7", stable(0x52, ID)));
        assertSent(RING_V6, tcpV6("fc00:1::1", serverId(ID)));

        assertCounted(PlaneCounter.QUIC_UNUSABLE_IDS, 1);
        assertCounted(PlaneCounter.DROP_NO_REAL, 1);
        assertCounted(PlaneCounter.QUIC_TABLE_NOT_FOUND, 0);
        assertCounted(PlaneCounter.STABLE_UNUSABLE_IDS, 1);
        assertCounted(PlaneCounter.TCP_WITHOUT_ID, 1);
    }

    /** Nobody writes such an index; the program does not rely on it. */
    @Test
    void anIdOfAnIndexBeyondAllReals() {
        open();
        both().putServerIndex(ID, BEYOND_ALL_REALS);

        assertThat(actual(udp(QUIC, BY_ID))).isEqualTo(Verdict.DROP.xdpAction());
        assertThat(actual(udp(STABLE, stable(0x52, ID)))).isEqualTo(Verdict.TX.xdpAction());
        assertThat(actual(tcp(TCP, TcpSegment.ACK, serverId(ID)))).isEqualTo(Verdict.TX.xdpAction());

        assertCounted(PlaneCounter.QUIC_UNUSABLE_IDS, 1);
        assertCounted(PlaneCounter.STABLE_UNUSABLE_IDS, 1);
        assertCounted(PlaneCounter.TCP_WITHOUT_ID, 1);
    }

    @Test
    @BetterOnPurpose(
            "server ids: deleting one leaves it in the kernel, `00fffffe` passes the check and cannot be written")
    void anIdThatIsTakenAwayPlacesNoPacketAnyMore() {
        open();

        assertSent(NAMED, udp(QUIC, BY_ID));
        both().removeServerId(ID);
        assertSent(RING, udp(QUIC, BY_ID));
        putServerId(ID, OTHER);
        assertSent(OTHER, udp(QUIC, BY_ID));
    }

    /** One packet counts once (decision 9), and is forwarded whether its flow is remembered or not. */
    @Test
    void flowsThatIdsPlaceCountAgainstTheLimitOfNewConnections() {
        int limit = 5;
        open("max-new-connections", limit);
        await().pollInterval(Duration.ofMillis(1100)).untilAsserted(() -> {
            remember();
            for (int port = 1; port <= 2 * limit; port++) {
                int number = port + 100 * Math.toIntExact(Objects.requireNonNull(before.get(PlaneCounter.QUIC_BY_ID)));
                UdpDatagram datagram = new UdpDatagram(number, 443, BY_ID);
                assertSent(NAMED, Packets.frame(Ip.of(CLIENT), Ip.of(QUIC), datagram));
            }
            assertCounted(PlaneCounter.NEW_CONNECTIONS, limit);
            assertCounted(PlaneCounter.RATE_LIMITED, limit);
            assertCounted(PlaneCounter.QUIC_TABLE_NOT_FOUND, 2 * limit);
        });
    }

    @ParameterizedTest
    @CsvSource({"10.200.1.5, 192.168.1.1", "fc00:1::5, fc00:2::1"})
    void aCpuWithoutATableTellsTheSharedOne(String vip, String client) {
        open("cores", "1");
        boolean v6 = vip.contains(":");
        byte[] byId = v6 ? udpV6(vip, shortHeader(0x80, 0, 0, ID_V6)) : udp(vip, BY_ID);
        byte[] withoutId = v6 ? udpV6(vip, WITHOUT_ID) : udp(vip, WITHOUT_ID);
        Address named = v6 ? NAMED_V6 : NAMED;
        Address ring = v6 ? RING_V6 : RING;

        assertSent(named, byId);
        assertSent(named, byId);
        assertSent(ring, withoutId);
        assertSent(named, byId);
        assertSent(named, withoutId);

        assertCounted(PlaneCounter.QUIC_TABLE_NOT_FOUND, 1);
        assertCounted(PlaneCounter.QUIC_TABLE_MATCH, 1);
        assertCounted(PlaneCounter.QUIC_TABLE_MISMATCH, 1);
        assertCounted(PlaneCounter.TABLE_HITS, 1);
        assertCounted(PlaneCounter.FALLBACK_PACKETS, 5);
    }

    /** @param settings names and values of {@code mako.forwarding}; {@code cores} is the CPUs with a table */
    private void open(Object... settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "udp-stable-routing",
                true,
                "tcp-server-id-routing",
                true,
                "udp-timeout",
                "1h",
                "max-new-connections",
                1_000_000));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i].toString(), settings[i + 1]);
        }
        String cores = Objects.requireNonNullElse(all.remove("cores"), "auto").toString();
        Object[] forwarding = all.entrySet().stream()
                .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                .toArray();
        opened = Optional.of(new ModelledPlane(
                machine, VIPS, true, TestProperties.forwarding(forwarding), cores, ModelledPlane.ROOM_FOR_ALL));
        putServerId(ID, NAMED);
        putServerId(OTHER_ID, OTHER);
        putServerId(ID_V6, NAMED_V6);
        remember();
    }

    private ModelledPlane both() {
        return opened.orElseThrow();
    }

    private void putServerId(int id, Address real) {
        both().putServerId(id, real);
    }

    /** Both agree, and this is where they send the frame. */
    private void assertSent(Address real, byte[] frame) {
        assertThat(run(frame)).contains(Ip.of(real.toBytes()));
    }

    private Optional<Ip> run(byte[] frame) {
        Answers answers = both().run(frame);
        assertThat(answers.actual().verdict())
                .as(answers.expected().reason())
                .isEqualTo(answers.expected().verdict().xdpAction());
        assertThat(answers.actual().frame()).isEqualTo(answers.expected().frame());
        return answers.expected().real();
    }

    private int actual(byte[] frame) {
        return both().run(frame).actual().verdict();
    }

    private void remember() {
        for (PlaneCounter counter : PlaneCounter.values()) {
            before.put(counter, total(counter));
        }
    }

    private void assertCounted(PlaneCounter counter, long times) {
        assertThat(total(counter) - Objects.requireNonNull(before.get(counter)))
                .as(counter.name())
                .isEqualTo(times);
    }

    private long total(PlaneCounter counter) {
        return both().counters().cpus().stream()
                .mapToLong(cpu -> cpu.getOrDefault(counter, 0L))
                .sum();
    }

    private CounterSample.VipCounters vip(String id) {
        return Objects.requireNonNull(both().counters().vips().get(VipId.parse(id)));
    }

    private static byte[] udp(String vip, byte[] payload) {
        return Packets.frame(Ip.of(CLIENT), Ip.of(vip), new UdpDatagram(31337, 443, payload));
    }

    private static byte[] udpV6(String vip, byte[] payload) {
        return Packets.frame(Ip.of(CLIENT_V6), Ip.of(vip), new UdpDatagram(31337, 443, payload));
    }

    private static byte[] tcp(String vip, int flags, byte[] options) {
        return Packets.frame(Ip.of(CLIENT), Ip.of(vip), new TcpSegment(31337, 80, flags, options, new byte[0]));
    }

    private static byte[] tcpV6(String vip, byte[] options) {
        return Packets.frame(
                Ip.of(CLIENT_V6), Ip.of(vip), new TcpSegment(31337, 80, TcpSegment.ACK, options, new byte[0]));
    }

    private static byte[] shortHeader(int... connectionId) {
        return Bytes.join(Bytes.of(0x40), Bytes.of(connectionId), new byte[8]);
    }

    private static byte[] longHeader(int first, int length, int... connectionId) {
        return Bytes.join(Bytes.of(first, 0, 0, 0, 1, length), Bytes.of(connectionId), new byte[16]);
    }

    private static byte[] stable(int type, int id) {
        return Bytes.of(type, id >> 16, id >> 8, id, 0, 0, 0, 0);
    }

    /** The option with the smallest byte first, and what makes it whole words. */
    private static byte[] serverId(int id) {
        byte[] option = Bytes.of(0xB7, 6, id, id >> 8, id >> 16, id >> 24);
        return Bytes.join(option, Bytes.of(1, 1));
    }
}
