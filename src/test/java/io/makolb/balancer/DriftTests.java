package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.makolb.model.Address;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.VipFlag;
import io.makolb.plane.Flaw;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.MemberImage;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.MemoryPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.VipImage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a kernel that somebody else has written to. */
class DriftTests {

    private static final String VIP = "vips/" + vip(1);

    private final MemoryKernel kernel = new MemoryKernel(Balancers.LIMITS, "eth0");

    @TempDir
    private Path directory;

    private DriftBench bench;
    private volatile Runnable meanwhile = () -> {};
    private volatile Runnable beforeStaging = () -> {};

    @BeforeEach
    void start() {
        bench = new DriftBench(interfering(new MemoryPlane(kernel)), directory, "eth0");
        bench.apply(putVip(1));
        bench.apply(putMember(1, 1, 10));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A plane after whose reading something happens. */
    private ForwardingPlane interfering(ForwardingPlane plane) {
        return (ForwardingPlane) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ForwardingPlane.class}, (self, method, arguments) -> {
                    try {
                        if (method.getName().equals("stage")
                                && Thread.currentThread().getName().equals("mako-bulk")) {
                            beforeStaging.run();
                        }
                        Object answer = method.invoke(plane, arguments);
                        if (method.getName().equals("inspect")) {
                            meanwhile.run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static VipImage changed(VipImage vip, int flags, int weight, long ringRecipe) {
        TreeMap<Address, MemberImage> members = new TreeMap<>();
        vip.members().forEach((real, member) -> members.put(real, new MemberImage(member.index(), weight, true)));
        return new VipImage(
                vip.id(), vip.number(), flags, vip.hashFunction(), vip.onEmpty(), members, vip.downReals(), ringRecipe);
    }

    @Test
    void whatIsAsItShouldBeIsClean() throws Exception {
        assertThat(bench.drift().latest()).isEmpty();

        DriftReport report = bench.drift().check();

        assertThat(report.drifted()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
        assertThat(report.revision()).isEqualTo(2);
        assertThat(bench.drift().latest()).hasValue(report);
        assertThat(bench.told()).isEmpty();
    }

    @Test
    void everyPartOfAVipThatDiffersIsNamed() {
        kernel.damage(vip(1), vip -> changed(vip, VipFlag.NO_LRU.bit(), 11, 0));

        DriftReport report = bench.drift().check();

        assertThat(report.drifted()).containsOnlyKeys(VIP, VIP + "/reals/10.0.0.1");
        assertThat(report.drifted().get(VIP))
                .containsExactly(
                        new Deviation("flags", "[]", "[NO_LRU]"),
                        new Deviation("ring", "built from the reals of the configuration", "none, or damaged"));
        assertThat(report.drifted().get(VIP + "/reals/10.0.0.1")).containsExactly(new Deviation("weight", "10", "11"));
    }

    @Test
    void aVipThatIsGoneIsAbsentAndTheEventsTellOfItOnce() throws Exception {
        kernel.lose(vip(1));

        assertThat(bench.drift().check().drifted().get(VIP))
                .containsExactly(new Deviation("presence", "in force", "absent"));
        bench.drift().check();

        List<Event> told = bench.told();
        assertThat(told).extracting(Event::type).containsExactly(EventType.DRIFT_FOUND);
        assertThat(told.get(0).resources()).containsExactly(VIP);
        assertThat(told.get(0).sentence()).contains("1 resource", VIP);
    }

    @Test
    void whenItIsPutBackThatIsToldToo() throws Exception {
        kernel.damage(vip(1), vip -> changed(vip, VipFlag.NO_LRU.bit(), 10, vip.ringRecipe()));
        bench.drift().check();
        kernel.damage(vip(1), vip -> changed(vip, 0, 10, vip.ringRecipe()));
        bench.drift().check();

        assertThat(bench.told()).extracting(Event::type).containsExactly(EventType.DRIFT_FOUND, EventType.DRIFT_GONE);
    }

    @Test
    void anotherGatewayAndTablesThatContradictThemselvesAreDrift() {
        MacAddress router = MacAddress.parse("02:00:00:00:02:01");
        bench.balancer().observe(new Observation.GatewayMac("eth0", Optional.of(router)));
        await().until(() -> kernel.gateway("eth0").isPresent());
        kernel.damageGateway("eth0", Optional.of(MacAddress.parse("02:00:00:00:02:99")));
        kernel.contradict(new Flaw("reals/10.0.0.1", "prepared outer header", "0x1", "0x2"));

        DriftReport report = bench.drift().check();

        assertThat(report.drifted().get("dataplane/interfaces/eth0"))
                .containsExactly(new Deviation("gateway", "02:00:00:00:02:01", "02:00:00:00:02:99"));
        assertThat(report.drifted().get("reals/10.0.0.1"))
                .containsExactly(new Deviation("prepared outer header", "0x1", "0x2"));
    }

    @Test
    void aChangeBetweenReadingAndJudgingIsNoDrift() throws Exception {
        meanwhile = () -> {
            meanwhile = () -> {};
            bench.apply(putMember(1, 1, 20));
        };

        DriftReport report = bench.drift().check();

        assertThat(report.drifted()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
        assertThat(report.revision()).isEqualTo(3);
    }

    @Test
    void whatNeverComesToRestIsNotJudgedAndTheRestIs() throws Exception {
        bench.apply(putVip(2));
        kernel.damage(vip(2), vip -> changed(vip, VipFlag.NO_LRU.bit(), 1, 0));
        int[] weight = {100};
        meanwhile = () -> {
            kernel.damage(vip(2), vip -> changed(vip, 0, 1, 0));
            bench.apply(putMember(1, 1, weight[0]++));
            kernel.damage(vip(2), vip -> changed(vip, VipFlag.NO_LRU.bit(), 1, 0));
        };

        DriftReport report = bench.drift().check();

        assertThat(report.drifted()).containsOnlyKeys("vips/" + vip(2));
        assertThat(report.unchecked()).containsExactly("dataplane", VIP, VIP + "/reals/10.0.0.1");
        assertThat(weight[0]).isEqualTo(103);
    }

    @Test
    void whileALargeChangeIsOnItsWayNothingIsJudgedAndItIsNotSaidToBeApplied() throws Exception {
        bench.apply(Configurations.replace(Configurations.grid(60, 2, 100)));
        Events.Reader reader =
                bench.events().read("", Set.of(EventType.CONFIGURATION, EventType.APPLIED, EventType.GATEWAY_LEARNED));
        AtomicInteger portions = new AtomicInteger();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        beforeStaging = () -> {
            if (portions.incrementAndGet() == 2) {
                bench.balancer()
                        .observe(
                                new Observation.GatewayMac("eth0", Optional.of(MacAddress.parse("02:00:00:00:02:01"))));
                await().until(() -> bench.balancer().snapshot().observations().containsKey("gateway/eth0"));
                refused.add(catchThrowable(() -> bench.drift().check()));
            }
        };

        bench.apply(Configurations.replace(Configurations.grid(60, 3, 100)));

        assertThat(refused).hasSize(1);
        assertThat(refused.get(0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.WRITER_BUSY));
        assertThat(reader.next(Duration.ZERO))
                .extracting(Event::type)
                .containsExactly(EventType.CONFIGURATION, EventType.GATEWAY_LEARNED, EventType.APPLIED);
        assertThat(bench.drift().check().drifted()).isEmpty();
    }

    @Test
    void whatIsBeingRepairedIsDriftButNoNews() throws Exception {
        kernel.failEverySwitch(new PlaneException("The map is busy: EBUSY.", 16, null));
        bench.apply(putMember(1, 1, 20));

        assertThat(bench.drift().check().drifted()).containsKey(VIP + "/reals/10.0.0.1");

        assertThat(bench.told()).isEmpty();
        kernel.failEverySwitch(null);
    }

    @Test
    void aKernelThatCannotBeReadIsARefusal() {
        meanwhile = () -> {
            throw new PlaneException("The map cannot be read: EPERM.", 1, null);
        };

        assertThatThrownBy(() -> bench.drift().check()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.PLANE_UNAVAILABLE);
            assertThat(refusal.errno()).isEqualTo(1);
        });
    }
}
