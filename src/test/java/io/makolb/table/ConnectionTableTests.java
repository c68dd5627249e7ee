package io.makolb.table;

import static io.makolb.frames.TcpSegment.ACK;
import static io.makolb.frames.TcpSegment.RST;
import static io.makolb.frames.TcpSegment.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Address;
import io.makolb.model.Protocol;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.PlaneCounter;
import io.makolb.plane.PlaneFixture;
import io.makolb.reference.Ip;
import io.makolb.sandbox.BpfTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The memory of flows. Entries are pointed at a real that no ring has, so a packet that arrives there was found in the table.
 */
@BpfTest
class ConnectionTableTests {

    private static final Duration UDP_TIMEOUT = Duration.ofSeconds(30);
    /** About {@link #UDP_TIMEOUT} in units of the stamp, which are 64 ms or a little less or more. */
    private static final int MUCH_LESS_THAN_UDP_TIMEOUT = 300;

    private static final int MORE_THAN_UDP_TIMEOUT = 1000;
    private static final int PORT = 80;
    private static final int SERVER_ID = 1026;

    /** A short QUIC header with that id. */
    private static final byte[] BY_ID = {0x40, 0x41, 0x00, (byte) 0x83, 0x04, 0, 0, 0, 0};

    private PlaneFixture plane;

    /** One family's VIP, table and the real that only the table knows. */
    private enum Family {
        IPV4("10.200.1.1", "10.0.0.1", "10.0.0.99"),
        IPV6("fc00:1::1", "fc00::1", "fc00::99");

        private final String vip;
        private final String ringReal;
        private final String tableReal;

        Family(String vip, String ringReal, String tableReal) {
            this.vip = vip;
            this.ringReal = ringReal;
            this.tableReal = tableReal;
        }

        Entries entries(PlaneFixture plane) {
            return this == IPV4 ? Entries.ofIpv4(plane) : Entries.ofIpv6(plane);
        }

        Traffic traffic(PlaneFixture plane) {
            return new Traffic(plane, Ip.of(vip), PORT);
        }

        boolean fromTable(Ip real) {
            return real.equals(Ip.of(tableReal));
        }
    }

    @BeforeEach
    void startPlane() throws Exception {
        plane = PlaneFixture.create(new PlaneFixture.Settings(1000, Integer.MAX_VALUE, UDP_TIMEOUT))
                .shareConnectionTables(0x0123_4567_89ab_cdefL);
        for (Family family : Family.values()) {
            add(family.vip, Set.of(), family.ringReal);
            // Its VIP gets no traffic: it only makes the real known.
            plane.add(
                    Set.of(VipId.host(Address.parse(family.vip), PORT + 1, Protocol.TCP)),
                    Set.of(),
                    Set.of(Address.parse(family.tableReal)));
        }
    }

    @AfterEach
    void stopPlane() {
        plane.close();
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryFlowThatItHolds(Family family) {
        Traffic traffic = family.traffic(plane);
        try (Entries entries = family.entries(plane)) {
            int flows = entries.capacity() / 2;
            send(traffic, flows);

            int[] taken = entries.taken();
            assertThat(taken).as("hardly any flow is displaced").hasSizeGreaterThan(flows * 9 / 10);
            assertThat(entries.fullSets())
                    .as("some flows stand in their second set")
                    .isPositive();
            pointToTableReal(family, entries, taken);
            assertThat(foundInTable(family, traffic, flows)).isEqualTo(taken.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNewFlowTakesThePlaceOfTheOneThatWasSilentLongest(Family family) {
        Traffic traffic = family.traffic(plane);
        try (Entries entries = family.entries(plane)) {
            send(traffic, entries.capacity() * 6);
            assertThat(entries.taken()).hasSize(entries.capacity());
            int now = entries.stamp(0);
            int[] recent = IntStream.range(0, entries.capacity())
                    .filter(entry -> entry % Entries.WAYS < 2)
                    .toArray();
            for (int entry : entries.taken()) {
                entries.setStamp(entry, now - (entry % Entries.WAYS < 2 ? 0 : 5000));
            }
            long[] keys = Arrays.stream(recent).mapToLong(entries::key).toArray();

            int newcomers = entries.capacity() / 8;
            IntStream.range(20_000, 20_000 + newcomers).forEach(flow -> traffic.tcp(flow, SYN));

            assertThat(Arrays.stream(recent).mapToLong(entries::key)).containsExactly(box(keys));
            assertThat(Arrays.stream(entries.taken())
                            .filter(entry -> entry % Entries.WAYS >= 2 && now - entries.stamp(entry) < 1000))
                    .hasSize(newcomers);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPurgedFlowHidesNoOther(Family family) {
        Traffic traffic = family.traffic(plane);
        try (Entries entries = family.entries(plane)) {
            int flows = entries.capacity() * 3 / 4;
            send(traffic, flows);
            int[] taken = entries.taken();
            int[] purged = Arrays.stream(taken).filter(entry -> entry % 2 == 0).toArray();
            pointToTableReal(family, entries, taken);
            Arrays.stream(purged).forEach(entries::bury);

            assertThat(foundInTable(family, traffic, flows)).isEqualTo(taken.length - purged.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatReturnsTakesAGraveBeforeALivingPlace(Family family) {
        Traffic traffic = family.traffic(plane);
        try (Entries entries = family.entries(plane)) {
            send(traffic, entries.capacity() * 6);
            int[] graves = IntStream.range(0, entries.capacity())
                    .filter(ConnectionTableTests::isGrave)
                    .toArray();
            Arrays.stream(graves).forEach(entries::bury);
            int now = entries.stamp(0);
            for (int entry : entries.taken()) {
                // By age alone, the living would have to go.
                entries.setStamp(entry, isGrave(entry) ? now : now - 5000);
            }
            long[] living = livingKeys(entries);

            IntStream.range(30_000, 30_000 + entries.capacity() / 16).forEach(flow -> traffic.tcp(flow, ACK));

            assertThat(livingKeys(entries)).containsExactly(living);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSynPlacesAKnownFlowAnew(Family family) {
        Traffic traffic = family.traffic(plane);
        try (Entries entries = family.entries(plane)) {
            traffic.tcp(1, SYN);
            pointToTableReal(family, entries, entries.taken());

            assertThat(traffic.tcp(1, ACK)).isEqualTo(Ip.of(family.tableReal));
            assertThat(traffic.tcp(1, SYN)).isEqualTo(Ip.of(family.ringReal));
            assertThat(traffic.tcp(1, ACK)).isEqualTo(Ip.of(family.ringReal));
            assertThat(entries.taken()).hasSize(1);
        }
    }

    @Test
    void tcpFlowsNeverExpire() {
        Traffic traffic = Family.IPV4.traffic(plane);
        try (Entries entries = Entries.ofIpv4(plane)) {
            traffic.tcp(1, SYN);
            int entry = onlyOne(entries);
            int written = entries.stamp(entry);
            pointToTableReal(Family.IPV4, entries, entry);
            entries.setStamp(entry, written - 1_000_000);

            assertThat(traffic.tcp(1, ACK)).isEqualTo(Ip.of(Family.IPV4.tableReal));
            assertThat(entries.stamp(entry) - written).as("seen again").isNotNegative();
        }
    }

    @Test
    void aUdpFlowExpiresWhenItWasSilentForLongerThanTheTimeout() {
        Traffic traffic = udpTraffic();
        try (Entries entries = Entries.ofIpv4(plane)) {
            traffic.udp(1);
            int entry = onlyOne(entries);
            int written = entries.stamp(entry);
            pointToTableReal(Family.IPV4, entries, entry);

            entries.setStamp(entry, written - MUCH_LESS_THAN_UDP_TIMEOUT);
            assertThat(traffic.udp(1)).isEqualTo(Ip.of(Family.IPV4.tableReal));
            assertThat(entries.stamp(entry) - written).as("seen again").isNotNegative();

            entries.setStamp(entry, written - MORE_THAN_UDP_TIMEOUT);
            assertThat(traffic.udp(1)).isEqualTo(Ip.of(Family.IPV4.ringReal));
            assertThat(entries.real(entry))
                    .as("placed anew, in the same entry")
                    .isEqualTo(plane.indexOf(Address.parse(Family.IPV4.ringReal)));
        }
    }

    @Test
    void anEntryWithoutAStampCountsAsExpiredForUdpAndNotForTcp() {
        Traffic udp = udpTraffic();
        Traffic tcp = Family.IPV4.traffic(plane);
        try (Entries entries = Entries.ofIpv4(plane)) {
            udp.udp(1);
            tcp.tcp(1, SYN);
            pointToTableReal(Family.IPV4, entries, entries.taken());
            Arrays.stream(entries.taken()).forEach(entry -> entries.setStamp(entry, 0));

            assertThat(udp.udp(1)).isEqualTo(Ip.of(Family.IPV4.ringReal));
            assertThat(tcp.tcp(1, ACK)).isEqualTo(Ip.of(Family.IPV4.tableReal));
        }
    }

    @Test
    void resetsAndVipsWithoutTableLeaveNoEntry() {
        add("10.200.1.2", Set.of(VipFlag.NO_LRU), "10.0.0.1");
        add("10.200.1.3", Set.of(VipFlag.DPORT_HASH), "10.0.0.1");

        Family.IPV4.traffic(plane).tcp(1, RST);
        new Traffic(plane, Ip.of("10.200.1.2"), PORT).tcp(1, SYN);
        new Traffic(plane, Ip.of("10.200.1.3"), PORT).tcp(1, SYN);

        try (Entries entries = Entries.ofIpv4(plane)) {
            assertThat(entries.taken()).isEmpty();
        }
        assertThat(plane.counter(PlaneCounter.NEW_CONNECTIONS)).isZero();
        assertThat(plane.counter(PlaneCounter.SELECTIONS)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aCpuWithoutATableRemembersInTheSharedOne(Family family) {
        plane.removeConnectionTables();
        Traffic traffic = family.traffic(plane);

        traffic.tcp(1, SYN);
        traffic.tcp(1, ACK);
        traffic.tcp(2, ACK);
        traffic.tcp(2, ACK);

        assertThat(plane.counter(PlaneCounter.TABLE_HITS)).isEqualTo(2);
        assertThat(plane.counter(PlaneCounter.SELECTIONS)).isEqualTo(2);
        assertThat(plane.counter(PlaneCounter.FALLBACK_PACKETS)).isEqualTo(4);
    }

    /** Wherever it stands, a flow that an identifier places is found; none is written twice. */
    @ParameterizedTest
    @EnumSource
    void identifiersFindEveryFlowThatItHolds(Family family) {
        Traffic traffic = quicTraffic(family);
        try (Entries entries = family.entries(plane)) {
            int flows = entries.capacity() * 2 / 5;
            IntStream.range(0, flows).forEach(traffic::udp);
            int[] taken = entries.taken();
            assertThat(taken).hasSize(flows);
            assertThat(entries.fullSets()).isPositive();

            IntStream.range(0, flows)
                    .forEach(flow -> assertThat(family.fromTable(traffic.udp(flow, BY_ID)))
                            .isTrue());

            assertThat(plane.counter(PlaneCounter.QUIC_TABLE_MISMATCH)).isEqualTo(flows);
            assertThat(entries.taken()).containsExactly(taken);
            assertThat(foundInTable(family, flow -> traffic.udp(flow), flows)).isEqualTo(flows);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatAnIdentifierPlacesTakesThePlaceOfTheOneThatWasSilentLongest(Family family) {
        Traffic traffic = quicTraffic(family);
        try (Entries entries = family.entries(plane)) {
            IntStream.range(0, entries.capacity() * 6).forEach(traffic::udp);
            assertThat(entries.taken()).hasSize(entries.capacity());
            int now = entries.stamp(0);
            int[] recent = IntStream.range(0, entries.capacity())
                    .filter(entry -> entry % Entries.WAYS < 2)
                    .toArray();
            for (int entry : entries.taken()) {
                entries.setStamp(entry, now - (entry % Entries.WAYS < 2 ? 0 : 5000));
            }
            long[] keys = Arrays.stream(recent).mapToLong(entries::key).toArray();
            long[] all = Arrays.stream(entries.taken()).mapToLong(entries::key).toArray();

            int newcomers = entries.capacity() / 8;
            IntStream.range(20_000, 20_000 + newcomers).forEach(flow -> traffic.udp(flow, BY_ID));

            assertThat(plane.counter(PlaneCounter.QUIC_TABLE_NOT_FOUND)).isEqualTo(newcomers);
            assertThat(Arrays.stream(recent).mapToLong(entries::key)).containsExactly(box(keys));
            // They are born expired, so one of them gives way to the next before a flow that was heard of does.
            assertThat(Arrays.stream(entries.taken()).mapToLong(entries::key))
                    .doesNotContainSequence(box(all))
                    .hasSize(entries.capacity());
            assertThat(Arrays.stream(entries.taken()).filter(entry -> entries.stamp(entry) == 0))
                    .hasSizeBetween(newcomers / 2, newcomers);
        }
    }

    private Traffic quicTraffic(Family family) {
        plane.add(
                Set.of(VipId.host(Address.parse(family.vip), PORT, Protocol.UDP)),
                Set.of(VipFlag.QUIC_VIP),
                Set.of(Address.parse(family.ringReal)));
        plane.putServerId(SERVER_ID, Address.parse(family.tableReal));
        return family.traffic(plane);
    }

    private Traffic udpTraffic() {
        plane.add(
                Set.of(VipId.host(Address.parse(Family.IPV4.vip), PORT, Protocol.UDP)),
                Set.of(),
                Set.of(Address.parse(Family.IPV4.ringReal)));
        return Family.IPV4.traffic(plane);
    }

    private void add(String vip, Set<VipFlag> flags, String real) {
        plane.add(Set.of(VipId.host(Address.parse(vip), PORT, Protocol.TCP)), flags, Set.of(Address.parse(real)));
    }

    private static void send(Traffic traffic, int flows) {
        IntStream.range(0, flows).forEach(flow -> traffic.tcp(flow, ACK));
    }

    private void pointToTableReal(Family family, Entries entries, int... those) {
        int real = plane.indexOf(Address.parse(family.tableReal));
        Arrays.stream(those).forEach(entry -> entries.setReal(entry, real));
    }

    /** Resets are looked up, but not remembered: nothing moves while this counts. */
    private static long foundInTable(Family family, Traffic traffic, int flows) {
        return foundInTable(family, flow -> traffic.tcp(flow, RST), flows);
    }

    private static long foundInTable(Family family, IntFunction<Ip> send, int flows) {
        return IntStream.range(0, flows)
                .filter(flow -> family.fromTable(send.apply(flow)))
                .count();
    }

    private static long[] livingKeys(Entries entries) {
        return IntStream.range(0, entries.capacity())
                .filter(entry -> !isGrave(entry))
                .mapToLong(entries::key)
                .toArray();
    }

    /** Two in each set: enough that no newcomer finds both of its sets without. */
    private static boolean isGrave(int entry) {
        return entry % Entries.WAYS >= 2;
    }

    private static int onlyOne(Entries entries) {
        int[] taken = entries.taken();
        assertThat(taken).hasSize(1);
        return taken[0];
    }

    private static Long[] box(long[] keys) {
        return Arrays.stream(keys).boxed().toArray(Long[]::new);
    }
}
