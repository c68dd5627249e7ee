package io.makolb.plane;

import static io.makolb.plane.PlaneScene.DNS;
import static io.makolb.plane.PlaneScene.R1;
import static io.makolb.plane.PlaneScene.R2;
import static io.makolb.plane.PlaneScene.R3;
import static io.makolb.plane.PlaneScene.UPLINK;
import static io.makolb.plane.PlaneScene.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TestRun;
import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Protocol;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.reference.Ip;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packets obey what the tables say, and nothing in between. */
@BpfTest
class PlanePacketTests {

    private static final PlaneLimits LIMITS = new PlaneLimits(64, 128, 131_072, 4_099, 6, 10_000);
    private static final int ALTERNATIONS = 150;

    /** What can become of the packets of the test of alternation. */
    private enum Sight {
        TO_R1,
        TO_R2,
        TO_R3,
        PASSED,
        ELSE
    }

    private TestMachine machine;
    private KernelPlane plane;
    private ForwardingPlane inside;
    private BpfProgram program;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        plane = machine.open(machine.properties(LIMITS));
        inside = machine.fromInside(plane);
        program = plane.runningProgram();
    }

    @AfterEach
    void end() {
        plane.close();
        machine.close();
    }

    @Test
    void connectionsAreCountedByVipAndReal() {
        PlaneScene.begin(inside);
        Map<Address, Long> expected = new HashMap<>();
        for (int client = 1; client <= 200; client++) {
            PlaneScene.destination(program, PlaneScene.syn(client, PlaneScene.WEB))
                    .ifPresent(real -> expected.merge(real, 1L, Long::sum));
        }

        ConnectionSample sample = inside.connections(ConnectionFilter.ALL);

        assertThat(expected).containsOnlyKeys(PlaneScene.R1, PlaneScene.R2);
        assertThat(sample.vips()).containsExactly(Map.entry(PlaneScene.WEB, expected));
    }

    @Test
    void everyVipLeadsToItsReal() {
        Random random = new Random(7);
        Map<VipId, Address> services = new LinkedHashMap<>();
        PlanDraft draft = new PlanDraft(inside.read()).changeInterface(TestMachine.INTERFACE, UPLINK);
        while (services.size() < LIMITS.maxVips()) {
            boolean ipv6 = random.nextBoolean();
            Address address = ipv6
                    ? new Address(true, 0x20010db802000000L, 1 + random.nextInt(20))
                    : Address.ipv4(0x0ac80100 + random.nextInt(20));
            Protocol protocol = random.nextBoolean() ? Protocol.TCP : Protocol.UDP;
            VipId id = VipId.host(address, List.of(0, 53, 443, 65_535).get(random.nextInt(4)), protocol);
            int number = services.size() + 1;
            Address real = ipv6 ? new Address(true, 0x20010db803000000L, number) : Address.ipv4(0x0a000300 + number);
            if (services.putIfAbsent(id, real) == null) {
                draft.enterReal(real).enterVip(id, Map.of(real, 1));
            }
        }
        PlaneScene.apply(inside, draft, 1);

        services.forEach((id, real) -> {
            for (int port : List.of(53, 443, 65_535, 7)) {
                VipId asked = VipId.host(id.address(), port, id.protocol());
                Address expected =
                        services.getOrDefault(asked, services.get(VipId.host(id.address(), 0, id.protocol())));
                assertThat(leadsTo(asked)).as("%s", asked).isEqualTo(Optional.ofNullable(expected));
            }
        });
        assertThat(leadsTo(VipId.host(Address.parse("10.201.1.1"), 443, Protocol.TCP)))
                .isEmpty();
    }

    /** With the switch, flows of a real that is disabled go elsewhere and come back no more; all others stay. */
    @Test
    void udpFlowsLeaveARealThatIsDownForGood() {
        PinnedThread.to(0);
        VipId vip = VipId.parse("10.200.7.7-53-udp");
        PlaneScene.begin(inside);
        PlaneScene.apply(inside, new PlanDraft(inside.read()).enterVip(vip, Map.of(R1, 1, R2, 1)), 2);
        PlaneScene.apply(
                inside,
                new PlanDraft(inside.read())
                        .changeVip(vip, VipFlag.UDP_FLOW_MIGRATION.bit(), HashFunction.MAGLEV_V2, OnEmpty.DROP),
                3);
        Map<Integer, Address> before = destinationsOf(vip);
        assertThat(before).containsValue(R1).containsValue(R2);

        PlaneScene.apply(inside, new PlanDraft(inside.read()).disableMember(vip, R1), 4);
        assertThat(destinationsOf(vip)).as("the ring alone moves nobody").isEqualTo(before);
        PlaneScene.apply(inside, new PlanDraft(inside.read()).markDown(vip, Set.of(R1)), 5);
        assertThat(destinationsOf(vip).values()).containsOnly(R2);

        PlaneScene.apply(inside, new PlanDraft(inside.read()).markDown(vip, Set.of()), 6);
        assertThat(destinationsOf(vip).values()).as("what moved is remembered").containsOnly(R2);
    }

    private Map<Integer, Address> destinationsOf(VipId vip) {
        Map<Integer, Address> destinations = new HashMap<>();
        for (int client = 0; client < 100; client++) {
            byte[] frame = Packets.frame(
                    Ip.of("10.9.1." + client),
                    Ip.of(vip.address().toString()),
                    new UdpDatagram(1024 + client, vip.port(), new byte[4]));
            destinations.put(client, PlaneScene.destination(program, frame).orElseThrow());
        }
        return destinations;
    }

    @Test
    void theGatewayOfThePlanIsWhereFramesGo() {
        PlaneScene.begin(inside);

        byte[] sent = program.testRun(PlaneScene.syn(1, WEB)).frame();

        assertThat(Arrays.copyOf(sent, 6)).containsExactly(2, 0, 0, 0, 2, 1);
    }

    @Test
    void aPurgeTakesEveryConnectionOfARetiredRealAndNoOther() {
        // A connection is known on the CPU that saw its first packet.
        PinnedThread.to(0);
        PlaneScene.begin(inside);
        Map<Integer, Address> before = new HashMap<>();
        for (int client = 0; client < 500; client++) {
            before.put(
                    client,
                    PlaneScene.destination(program, PlaneScene.syn(client, WEB)).orElseThrow());
        }
        int r1 = Objects.requireNonNull(inside.read().reals().get(R1)).index();
        int r2 = Objects.requireNonNull(inside.read().reals().get(R2)).index();
        int kept = connectionsTo(r1);
        assertThat(connectionsTo(r2)).isPositive();
        PlaneScene.apply(
                inside,
                new PlanDraft(inside.read()).changeMembers(WEB, Map.of(R1, 10)).retireReal(R2),
                2);
        assertThat(established(before)).as("connections go on").isEqualTo(before);

        inside.purge(Set.of(), Set.of(r2));

        assertThat(connectionsTo(r2)).isZero();
        assertThat(connectionsTo(r1)).isEqualTo(kept);
        before.replaceAll((client, real) -> R1);
        assertThat(established(before)).isEqualTo(before);
        assertThat(inside.counters().reals().get(R2)).isEqualTo(new CounterSample.RealCounters(0, 0));
    }

    @Test
    void packetsAreCountedForTheirVipAndReal() {
        PlaneScene.begin(inside);
        for (int client = 0; client < 40; client++) {
            program.testRun(PlaneScene.syn(client, WEB));
        }

        CounterSample sample = inside.counters();

        long toReals = Objects.requireNonNull(sample.reals().get(R1)).packets()
                + Objects.requireNonNull(sample.reals().get(R2)).packets();
        assertThat(toReals).isEqualTo(40);
        CounterSample.VipCounters web = Objects.requireNonNull(sample.vips().get(WEB));
        assertThat(web.packets()).isEqualTo(40);
        assertThat(web.missSyn()).isEqualTo(40);
        assertThat(sample.cpus().stream()
                        .mapToLong(cpu -> Objects.requireNonNull(cpu.get(PlaneCounter.TX_FRAMES)))
                        .sum())
                .isEqualTo(40);
    }

    @Test
    void noPacketSeesAMixtureOfTwoConfigurations() {
        PlanDraft setup = new PlanDraft(inside.read())
                .changeInterface(TestMachine.INTERFACE, UPLINK)
                .enterReal(R1)
                .enterReal(R2)
                .enterReal(R3)
                .enterVip(WEB, Map.of(R1, 1))
                .enterVip(DNS, Map.of(R3, 1));
        PlaneImage placed = PlaneScene.apply(inside, setup, 1);
        // Without the connection table, every packet shows the ring.
        PlaneScene.apply(
                inside,
                new PlanDraft(placed).changeVip(WEB, VipFlag.NO_LRU.bit(), HashFunction.MAGLEV_V2, OnEmpty.DROP),
                2);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Map<Sight, Integer>> packets = CompletableFuture.supplyAsync(() -> watch(done));

        for (int i = 0; i < ALTERNATIONS && !packets.isDone(); i++) {
            PlanDraft draft = new PlanDraft(inside.read());
            if (i % 2 == 0) {
                draft.changeMembers(WEB, Map.of(R2, 1)).retireVip(DNS);
            } else {
                draft.changeMembers(WEB, Map.of(R1, 1)).enterVip(DNS, Map.of(R3, 1));
            }
            PlaneScene.apply(inside, draft, 3 + i);
        }
        done.set(true);

        assertThat(packets.join()).containsOnlyKeys(Sight.TO_R1, Sight.TO_R2, Sight.TO_R3, Sight.PASSED);
    }

    /** Sends packets to both VIPs until told to stop; answers how often what became of them. */
    private Map<Sight, Integer> watch(AtomicBoolean done) {
        Map<Sight, Integer> sights = new EnumMap<>(Sight.class);
        byte[] dns = frame(DNS);
        for (int client = 0; !done.get(); client++) {
            Optional<Address> web = PlaneScene.destination(program, PlaneScene.syn(client % 5000, WEB));
            sights.merge(
                    web.filter(R1::equals).isPresent()
                            ? Sight.TO_R1
                            : web.filter(R2::equals).isPresent() ? Sight.TO_R2 : Sight.ELSE,
                    1,
                    Integer::sum);
            int verdict = program.testRun(dns).verdict();
            sights.merge(
                    verdict == PlaneScene.XDP_TX
                            ? Sight.TO_R3
                            : verdict == PlaneScene.XDP_PASS ? Sight.PASSED : Sight.ELSE,
                    1,
                    Integer::sum);
        }
        return sights;
    }

    private Map<Integer, Address> established(Map<Integer, Address> clients) {
        Map<Integer, Address> destinations = new HashMap<>();
        for (int client : clients.keySet()) {
            byte[] frame = PlaneScene.syn(client, WEB);
            // The flags byte: an established connection's segment has ACK, not SYN.
            frame[14 + 20 + 13] = TcpSegment.ACK;
            destinations.put(client, PlaneScene.destination(program, frame).orElseThrow());
        }
        return destinations;
    }

    private int connectionsTo(int real) {
        int count = 0;
        for (int cpu : cpus()) {
            try (BpfMap map = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.FLOW4 + "_" + cpu));
                    BpfMapMemory memory = map.memory()) {
                for (long at = MapLayout.Flow.V4_TAIL; at < memory.size(); at += MapLayout.Flow.V4_SIZE) {
                    long word = memory.getLongAcquire(at);
                    boolean live = ((int) word & 0xffff) != MapLayout.TOMBSTONE;
                    count += live && (int) word >>> 16 == real ? 1 : 0;
                }
            }
        }
        return count;
    }

    private List<Integer> cpus() {
        List<Integer> cpus = new ArrayList<>();
        for (String pin : Objects.requireNonNull(machine.pins().toFile().list())) {
            if (pin.startsWith(PlaneMaps.FLOW4 + "_")) {
                cpus.add(Integer.parseInt(pin.substring(PlaneMaps.FLOW4.length() + 1)));
            }
        }
        return cpus;
    }

    private Optional<Address> leadsTo(VipId id) {
        TestRun run = program.testRun(frame(id));
        if (run.verdict() != PlaneScene.XDP_TX) {
            assertThat(run.verdict()).isEqualTo(PlaneScene.XDP_PASS);
            return Optional.empty();
        }
        int at = id.address().ipv6() ? 14 + 24 : 14 + 16;
        int length = id.address().ipv6() ? 16 : 4;
        return Optional.of(Address.ofBytes(Arrays.copyOfRange(run.frame(), at, at + length)));
    }

    private static byte[] frame(VipId id) {
        Ip source = Ip.of(id.address().ipv6() ? "2001:db8:c::9" : "10.9.9.9");
        return Packets.frame(
                source,
                Ip.of(id.address().toString()),
                id.protocol() == Protocol.TCP
                        ? new TcpSegment(4711, id.port(), TcpSegment.SYN, new byte[0])
                        : new UdpDatagram(4711, id.port(), new byte[] {1}));
    }
}
