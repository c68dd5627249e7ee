package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import io.makolb.libbpf.BpfProgram;
import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.HashFunction;
import io.makolb.model.MacAddress;
import io.makolb.model.OnEmpty;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.reference.Ip;
import io.makolb.sandbox.BpfTest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets of flows that another balancer has placed: the ring knows one real, the global connection table another. */
@BpfTest
class GlobalTableTests {

    private static final VipId WEB = VipId.parse("10.200.1.1-80-tcp");
    private static final VipId DNS = VipId.parse("10.200.1.1-53-udp");
    private static final Address OF_RING = Address.parse("10.0.3.10");
    private static final Address ELSEWHERE = Address.parse("10.0.3.11");
    private static final Address CLIENT = Address.parse("192.0.2.7");
    private static final int PORT = 31_337;

    private TestMachine machine;
    private KernelPlane kernel;
    private ForwardingPlane plane;
    private BpfProgram program;
    private long revision;

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
    }

    @AfterEach
    void end() {
        kernel.close();
        machine.close();
    }

    private void open(boolean global, int size) {
        DataplaneProperties dataplane = TestProperties.dataplane(
                machine.pins(),
                "max-vips",
                16,
                "max-reals",
                64,
                "ring-size",
                4_099,
                "connection-table-size",
                4_000,
                "global-connection-table-size",
                size);
        kernel = machine.open(dataplane, TestProperties.forwarding("global-connection-table", global));
        plane = machine.fromInside(kernel);
        program = kernel.runningProgram();
    }

    private void begin(VipFlag... flags) {
        open(true, 1000);
        MacAddress gateway = MacAddress.parse("02:00:00:00:02:01");
        apply(new PlanDraft(plane.read())
                .changeInterface(TestMachine.INTERFACE, new InterfaceImage(true, AttachMode.AUTO, Optional.of(gateway)))
                .enterReal(OF_RING)
                .enterReal(ELSEWHERE)
                .enterVip(WEB, Map.of(OF_RING, 1))
                .enterVip(DNS, Map.of(OF_RING, 1)));
        setFlags(flags);
    }

    private void setFlags(VipFlag... flags) {
        int bits = 0;
        for (VipFlag flag : flags) {
            bits |= flag.bit();
        }
        PlanDraft draft = new PlanDraft(plane.read());
        draft.changeVip(WEB, bits, HashFunction.MAGLEV_V2, OnEmpty.DROP);
        draft.changeVip(DNS, bits, HashFunction.MAGLEV_V2, OnEmpty.DROP);
        apply(draft);
    }

    private void apply(PlanDraft draft) {
        PlaneScene.apply(plane, draft, ++revision);
    }

    private Imported importOne(VipId vip, int clientPort) {
        ConnectionLoad load = new ConnectionLoad();
        load.add(vip, ELSEWHERE, Optional.empty(), CLIENT, clientPort, vip.port(), Optional.of(Duration.ofDays(3)));
        return plane.importConnections(load, false);
    }

    private Address tcp(int flags) {
        return PlaneScene.destination(
                        program,
                        Packets.frame(
                                Ip.of(CLIENT.toBytes()),
                                Ip.of(WEB.address().toBytes()),
                                new TcpSegment(PORT, WEB.port(), flags, new byte[0])))
                .orElseThrow();
    }

    private Address udp() {
        return PlaneScene.destination(
                        program,
                        Packets.frame(
                                Ip.of(CLIENT.toBytes()),
                                Ip.of(DNS.address().toBytes()),
                                new UdpDatagram(PORT, DNS.port(), new byte[0])))
                .orElseThrow();
    }

    private long counted(PlaneCounter counter) {
        return plane.counters().cpus().stream()
                .mapToLong(cpu -> cpu.getOrDefault(counter, 0L))
                .sum();
    }

    private long remembered(Connection.Table table) {
        return plane.listConnections(ConnectionFilter.ALL, ConnectionPosition.BEGIN, 1000).connections().stream()
                .filter(connection -> connection.table() == table)
                .count();
    }

    @Test
    void aFlowThatOnlyTheGlobalTableKnowsGoesOnToItsReal() {
        begin(VipFlag.GLOBAL_LRU);
        importOne(WEB, PORT);
        importOne(DNS, PORT);

        for (int packet = 0; packet < 3; packet++) {
            assertThat(tcp(TcpSegment.ACK)).isEqualTo(ELSEWHERE);
            assertThat(udp()).as("silent for days").isEqualTo(ELSEWHERE);
        }

        assertThat(remembered(Connection.Table.CPU)).as("copied").isZero();
        assertThat(counted(PlaneCounter.GLOBAL_HITS)).isEqualTo(6);
        assertThat(counted(PlaneCounter.MISS_NON_SYN) + counted(PlaneCounter.MISS_UDP))
                .isZero();
    }

    @Test
    void aSynStartsAnewAndItsFlowIsAskedForHereFromThenOn() {
        begin(VipFlag.GLOBAL_LRU);
        importOne(WEB, PORT);

        assertThat(tcp(TcpSegment.SYN)).isEqualTo(OF_RING);
        assertThat(tcp(TcpSegment.ACK)).isEqualTo(OF_RING);

        assertThat(counted(PlaneCounter.GLOBAL_HITS)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = VipFlag.class,
            names = {"NO_LRU", "DPORT_HASH"})
    void vipsThatRememberNothingAskAsWell(VipFlag flag) {
        begin(VipFlag.GLOBAL_LRU, flag);
        importOne(WEB, PORT);

        assertThat(tcp(TcpSegment.ACK)).isEqualTo(ELSEWHERE);
    }

    @Test
    void onlyVipsThatWantItAsk() {
        begin(VipFlag.GLOBAL_LRU);
        importOne(WEB, PORT);
        setFlags();

        assertThat(tcp(TcpSegment.RST)).isEqualTo(OF_RING);
        setFlags(VipFlag.GLOBAL_LRU);
        assertThat(tcp(TcpSegment.RST)).isEqualTo(ELSEWHERE);
    }

    @Test
    void whatIsSwitchedOffIsForgottenAndASizeMayChange() {
        begin(VipFlag.GLOBAL_LRU);
        importOne(WEB, PORT);
        kernel.close();

        open(true, 1000);
        assertThat(tcp(TcpSegment.RST)).as("the same again").isEqualTo(ELSEWHERE);
        kernel.close();
        open(false, 1000);
        kernel.reload();
        program = kernel.runningProgram();
        assertThat(tcp(TcpSegment.RST)).as("off").isEqualTo(OF_RING);
        kernel.close();
        open(true, 50);
        kernel.reload();
        program = kernel.runningProgram();
        assertThat(tcp(TcpSegment.RST)).as("empty").isEqualTo(OF_RING);
        importOne(WEB, PORT);
        assertThat(tcp(TcpSegment.RST)).as("another size").isEqualTo(ELSEWHERE);
    }

    /** Some are pushed out, as by any table of connections; none is mistaken for another. */
    @Test
    void aTableThatIsFullHoldsTheNewest() {
        begin(VipFlag.GLOBAL_LRU);
        kernel.close();
        open(true, 100);
        kernel.reload();
        program = kernel.runningProgram();
        long room = kernel.connections(ConnectionFilter.ALL).total()
                + 100L * kernel.counters().cpus().size();
        ConnectionLoad load = new ConnectionLoad();
        for (int port = 1; port <= 10_000; port++) {
            load.add(
                    WEB,
                    ELSEWHERE,
                    Optional.empty(),
                    CLIENT,
                    port,
                    WEB.port(),
                    Optional.of(Duration.ofDays(10).minusMinutes(port)));
        }
        load.add(WEB, ELSEWHERE, Optional.empty(), CLIENT, PORT, WEB.port(), Optional.of(Duration.ZERO));

        assertThat(plane.importConnections(load, false).accepted()).isEqualTo(10_001);

        assertThat(remembered(Connection.Table.GLOBAL)).isBetween(room, 2 * room);
        assertThat(tcp(TcpSegment.RST)).isEqualTo(ELSEWHERE);
    }
}
