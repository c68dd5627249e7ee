package io.makolb.plane;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Deviation;
import io.makolb.balancer.DriftBench;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Change;
import io.makolb.model.HashFunction;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.OnEmpty;
import io.makolb.model.Vip;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.Control;
import io.makolb.plane.MapLayout.GatewayRow;
import io.makolb.plane.MapLayout.PrefixKey;
import io.makolb.plane.MapLayout.RealRow;
import io.makolb.plane.MapLayout.ServiceSlot;
import io.makolb.plane.MapLayout.VipRow;
import io.makolb.sandbox.BpfTest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes into the pinned maps by hand: the comparison with the configuration names the resource and what is wrong. */
@BpfTest
class PlaneDriftTests {

    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:02:01");
    private static final String VIP = "vips/" + vip(1);
    private static final String MEMBER = VIP + "/reals/10.0.0.1";

    @TempDir
    private Path directory;

    private TestMachine machine;
    private KernelPlane plane;
    private DriftBench bench;
    private int number;
    private int real;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        plane = machine.open(machine.properties(PlaneScene.LIMITS));
        bench = new DriftBench(machine.fromInside(plane), directory, TestMachine.INTERFACE);
        bench.apply(putVip(1));
        bench.apply(putMember(1, 1, 10));
        bench.balancer().observe(new Observation.GatewayMac(TestMachine.INTERFACE, Optional.of(ROUTER)));
        Awaitility.await()
                .until(() -> Objects.requireNonNull(image().interfaces().get(TestMachine.INTERFACE))
                        .gateway()
                        .isPresent());
        VipImage web = Objects.requireNonNull(image().vips().get(vip(1)));
        number = web.number();
        real = image().reals().values().iterator().next().index();
    }

    private PlaneImage image() {
        return bench.balancer().snapshot().image();
    }

    @AfterEach
    void end() {
        bench.close();
        plane.close();
        machine.close();
    }

    private Map<String, List<Deviation>> drift() {
        return bench.drift().check().drifted();
    }

    private void damage(String name, Consumer<BpfMapMemory> change) {
        try (BpfMap map = BpfMap.openPinned(machine.pins().resolve(name));
                BpfMapMemory memory = map.memory()) {
            change.accept(memory);
        }
    }

    /** Turns bits of a word over, looks what is found, turns them back, and nothing is found any more. */
    private Map<String, List<Deviation>> turned(String map, long at, long bits) {
        damage(map, memory -> memory.setLongRelease(at, memory.getLongAcquire(at) ^ bits));
        Map<String, List<Deviation>> found = drift();
        damage(map, memory -> memory.setLongRelease(at, memory.getLongAcquire(at) ^ bits));
        assertThat(drift()).isEmpty();
        return found;
    }

    @Test
    void whatMakoWroteIsClean() {
        assertThat(drift()).isEmpty();
    }

    @Test
    void flagsOfAVip() {
        long at = (long) number * VipRow.SIZE + VipRow.WORD;

        assertThat(turned(PlaneMaps.VIPS, at, (long) VipFlag.NO_LRU.bit() << 32))
                .isEqualTo(Map.of(VIP, List.of(new Deviation("flags", "[]", "[NO_LRU]"))));
    }

    private VipId putPrefix() {
        VipId id = VipId.parse("10.201.0.0_16-80-tcp");
        bench.apply(
                new Change.PutVip(new Vip(id, Set.of(), HashFunction.MAGLEV_V2, OnEmpty.DROP, "", new TreeMap<>())));
        assertThat(drift()).isEmpty();
        return id;
    }

    @Test
    void aPrefixThatPacketsTakeForAnAddress() {
        VipId id = putPrefix();
        long at = (long) Objects.requireNonNull(image().vips().get(id)).number() * VipRow.SIZE + VipRow.WORD;

        assertThat(turned(PlaneMaps.VIPS, at, (long) MapLayout.VIP_PREFIX << 32))
                .containsKey("vips/" + id);
    }

    @Test
    void prefixesThatPacketsDoNotLookFor() {
        VipId id = putPrefix();
        int[] generation = new int[1];
        damage(PlaneMaps.CONTROL, control -> generation[0] = control.getIntAcquire(Control.GENERATION));

        assertThat(turned(PlaneMaps.CONTROL, Control.GENERATION, 1L << 8 * Control.PREFIX_VIPS + generation[0]))
                .containsKey("vips/" + id);
    }

    @Test
    void aPrefixThatNoVipHas() {
        putPrefix();
        try (BpfMap prefixes = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.PREFIXES))) {
            BpfMapReader reader = prefixes.reader(16);
            assertThat(reader.next()).as("the prefix and its VIP").isEqualTo(2);
            ByteBuffer another =
                    ByteBuffer.allocateDirect(PrefixKey.SIZE).put(reader.keys().slice(0, PrefixKey.SIZE));
            another.put(PrefixKey.ADDR + 1, (byte) 77);
            prefixes.update(another.flip(), reader.values().slice(0, Integer.BYTES));

            assertThat(drift()).containsOnlyKeys("dataplane");

            prefixes.delete(another);
            assertThat(drift()).isEmpty();
        }
    }

    @Test
    void aMarkOfARealThatIsNotDown() {
        long words = DownRealTable.words(image().limits().maxReals());
        long at = (number * words + real / 64) * 8;

        assertThat(turned(PlaneMaps.DOWN_REALS, at, 1L << real % 64))
                .isEqualTo(
                        Map.of(VIP, List.of(new Deviation("marks of reals that are down", "none", "{" + real + "}"))));
    }

    @Test
    void aVipThatLooksForRealsThatAreDown() {
        long at = (long) number * VipRow.SIZE + VipRow.WORD;

        assertThat(turned(PlaneMaps.VIPS, at, 1L << 56))
                .isEqualTo(Map.of(VIP, List.of(new Deviation("look for reals that are down", "no", "yes"))));
    }

    @Test
    void oneSlotOfARing() {
        int[] slot = new int[1];
        damage(PlaneMaps.VIPS, vips -> slot[0] = vips.getIntAcquire((long) number * VipRow.SIZE + VipRow.WORD));
        long[] stride = new long[1];
        damage(PlaneMaps.RINGS, rings -> stride[0] = rings.stride());

        assertThat(turned(PlaneMaps.RINGS, slot[0] * stride[0] + 800, 1))
                .isEqualTo(Map.of(
                        VIP,
                        List.of(new Deviation(
                                "ring", "built from the reals of the configuration", "none, or damaged"))));
    }

    @Test
    void theWeightOfAMember() {
        int[] row = new int[1];
        damage(PlaneMaps.MEMBERS, members -> {
            while (members.getLongAcquire(row[0] * 8L) == 0) {
                row[0]++;
            }
        });

        assertThat(turned(PlaneMaps.MEMBERS, row[0] * 8L, 1L << 32))
                .isEqualTo(Map.of(MEMBER, List.of(new Deviation("weight", "10", "11"))));
    }

    @Test
    void aSecondRowOfAMember() {
        long word = 5L << 32 | (long) real << 16 | number;

        Map<String, List<Deviation>> found = turned(PlaneMaps.MEMBERS, 777 * 8L, word);

        assertThat(found.get("dataplane"))
                .containsExactly(
                        new Deviation("row of VIP number " + number + " and real index " + real, "one", "several"));
    }

    @Test
    void thePreparedChecksumOfAReal() {
        Map<String, List<Deviation>> found = turned(PlaneMaps.REALS, (long) real * RealRow.SIZE + RealRow.CSUM, 0x100);

        assertThat(found).containsOnlyKeys("reals/10.0.0.1");
        assertThat(found.get("reals/10.0.0.1")).extracting(Deviation::what).containsExactly("prepared outer header");
    }

    @Test
    void theAddressOfAReal() {
        Map<String, List<Deviation>> found =
                turned(PlaneMaps.REALS, (long) real * RealRow.SIZE + RealRow.ADDR, 1L << 24);

        assertThat(found).containsKeys("reals/10.0.0.1", "reals/10.0.0.0", MEMBER);
    }

    @Test
    void theGateway() {
        assertThat(turned(PlaneMaps.GATEWAYS, GatewayRow.MAC, 0xffL << 40))
                .isEqualTo(Map.of(
                        "dataplane/interfaces/" + TestMachine.INTERFACE,
                        List.of(new Deviation("gateway", ROUTER.toString(), "02:00:00:00:02:fe"))));
    }

    @Test
    void theTablesThroughWhichPacketsFindVips() {
        int[] generation = new int[1];
        damage(PlaneMaps.CONTROL, control -> generation[0] = control.getIntAcquire(MapLayout.Control.GENERATION));
        long[] at = new long[1];
        damage(PlaneMaps.SERVICES, services -> {
            at[0] = services.size() / MapLayout.VIP_GENERATIONS * generation[0] + ServiceSlot.KEY;
            while (services.getLongAcquire(at[0]) != 0) {
                at[0] += ServiceSlot.SIZE;
            }
        });

        assertThat(turned(PlaneMaps.SERVICES, at[0], 9L << 32 | 80 << 16 | 6))
                .isEqualTo(Map.of("dataplane", List.of(new Deviation("services that lead to VIPs", "1", "2"))));
    }

    @Test
    void aGenerationThatNobodyChose() {
        assertThat(turned(PlaneMaps.CONTROL, MapLayout.Control.GENERATION, 4).get(VIP))
                .containsExactly(new Deviation("presence", "in force", "absent"));
    }
}
