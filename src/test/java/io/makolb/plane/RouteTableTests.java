package io.makolb.plane;

import static io.makolb.plane.ForwardingPlaneContract.manyRoutes;
import static io.makolb.plane.ForwardingPlaneContract.routes;
import static io.makolb.plane.PlaneScene.LIMITS;
import static io.makolb.plane.PlaneScene.R1;
import static io.makolb.plane.PlaneScene.R2;
import static io.makolb.plane.PlaneScene.R3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.libbpf.BpfMap;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.Prefix;
import io.makolb.sandbox.BpfTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Source routes in the kernel: what outlives the process, and what somebody else has done to them. */
@BpfTest
class RouteTableTests {

    private static final BulkSet<Prefix> FEW = routes("10.1.0.0/16", R1, "10.0.0.0/8", R2, "2001:db8:1::/48", R3);

    private TestMachine machine;
    private KernelPlane plane;
    private ForwardingPlane inside;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        open();
        PlaneScene.begin(inside);
    }

    @AfterEach
    void end() {
        plane.close();
        machine.close();
    }

    private void open() {
        plane = machine.open(machine.properties(LIMITS));
        inside = machine.fromInside(plane);
    }

    private void reopen() {
        plane.close();
        open();
    }

    private PlanDraft draft() {
        return new PlanDraft(inside.read());
    }

    @Test
    void anotherProcessFindsFewAndManyAndWritesNothing() {
        PlaneImage few = PlaneScene.apply(inside, draft().changeBulk(FEW), 2);
        reopen();
        assertThat(inside.read()).isEqualTo(few);
        assertThat(plane.writes()).isZero();

        PlaneImage many = PlaneScene.apply(inside, draft().changeBulk(manyRoutes(R2)), 3);
        reopen();
        assertThat(inside.read()).isEqualTo(many);
        assertThat(plane.writes()).isZero();
    }

    /** A swap leaves nothing behind but what is in force. */
    @Test
    void whatWasReplacedGivesItsMemoryBack() {
        PlaneScene.apply(inside, draft().changeBulk(manyRoutes(R2)), 2);
        await().until(() -> !Files.exists(pin("v4-0")) && !Files.exists(pin("v6-0")));
        assertThat(pin("v4-1")).exists();

        PlaneScene.apply(inside, draft().changeBulk(manyRoutes(R1)), 3);
        await().until(() -> !Files.exists(pin("v4-1")) && !Files.exists(pin("v6-1")));
        assertThat(pin("v4-0")).exists();
    }

    @Test
    void aRouteThatSomebodyRemovedIsMissedAndPutBack() {
        PlaneImage image = PlaneScene.apply(inside, draft().changeBulk(FEW), 2);
        try (RouteTries tries = new RouteTries(BpfMap.openPinned(pin("v4-0")), BpfMap.openPinned(pin("v6-0")))) {
            tries.remove(new KernelWrites(), BulkKind.SOURCE_ROUTES.pack(Prefix.parse("10.1.0.0/16")));
            tries.put(new KernelWrites(), BulkKind.SOURCE_ROUTES.pack(Prefix.parse("10.2.0.0/16")), 63);
        }
        BulkSet<Prefix> left = inside.read().bulk().of(BulkKind.SOURCE_ROUTES);
        assertThat(left).isEqualTo(FEW.with(Map.of(Prefix.parse("10.1.0.0/16"), Optional.empty())));

        PlaneScene.apply(inside, draft().changeBulk(FEW), 3);
        assertThat(inside.read()).isEqualTo(image);
    }

    /** Tries that packets do not find are none, whatever their pins say. */
    @Test
    void triesThatWereTakenFromPacketsAreMadeAnew() {
        PlaneImage image = PlaneScene.apply(inside, draft().changeBulk(FEW), 2);
        plane.close();
        try (BpfMap outer = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.ROUTES4))) {
            outer.delete(0);
        }
        open();
        assertThat(inside.read().bulk().of(BulkKind.SOURCE_ROUTES).size()).isZero();

        PlaneScene.apply(inside, draft().changeBulk(FEW), 3);
        assertThat(inside.read()).isEqualTo(image);
    }

    /** With less or more room than before, the tries are made anew at the next change. */
    @Test
    void anotherSizeIsTakenOver() {
        PlaneScene.apply(inside, draft().changeBulk(FEW), 2);
        plane.close();
        PlaneLimits larger = new PlaneLimits(
                LIMITS.maxVips(),
                LIMITS.maxReals(),
                LIMITS.maxMemberships(),
                LIMITS.ringSize(),
                LIMITS.maxDecapDestinations(),
                2 * LIMITS.maxSourceRoutes());
        plane = machine.open(machine.properties(larger));
        inside = machine.fromInside(plane);
        BulkSet<Prefix> changed = FEW.with(Map.of(Prefix.parse("10.3.0.0/16"), Optional.of(R1)));
        PlaneImage image = PlaneScene.apply(inside, draft().changeBulk(changed), 3);

        assertThat(inside.read()).isEqualTo(image);
        try (BpfMap trie = BpfMap.openPinned(pin("v4-1"))) {
            assertThat(trie.info().maxEntries()).isEqualTo(2 * LIMITS.maxSourceRoutes() + 1);
        }
    }

    private Path pin(String name) {
        return machine.pins().resolve(RouteTable.PIN_PREFIX + name);
    }
}
