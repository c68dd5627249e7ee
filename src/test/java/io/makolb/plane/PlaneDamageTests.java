package io.makolb.plane;

import static io.makolb.plane.PlaneScene.DNS;
import static io.makolb.plane.PlaneScene.LIMITS;
import static io.makolb.plane.PlaneScene.R1;
import static io.makolb.plane.PlaneScene.R2;
import static io.makolb.plane.PlaneScene.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.model.VipFlag;
import io.makolb.sandbox.BpfTest;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else has written into the tables: it is seen, and the ordinary steps put it right. */
@BpfTest
class PlaneDamageTests {

    private TestMachine machine;
    private KernelPlane plane;
    private ForwardingPlane inside;
    private PlaneImage image;
    private VipImage web;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        plane = machine.open(machine.properties(LIMITS));
        inside = machine.fromInside(plane);
        PlaneScene.begin(inside);
        image = inside.read();
        web = Objects.requireNonNull(image.vips().get(WEB));
    }

    @AfterEach
    void end() {
        plane.close();
        machine.close();
    }

    @Test
    void aDamagedRingIsNoRing() {
        damage(PlaneMaps.RINGS, rings -> {
            int slot = ringOf(web.number());
            long at = (long) slot * rings.stride() + 800;
            rings.setLongRelease(at, rings.getLongAcquire(at) + 1);
        });

        VipImage found = Objects.requireNonNull(inside.read().vips().get(WEB));
        assertThat(found.ringRecipe()).isZero();

        PlaneScene.apply(inside, new PlanDraft(inside.read()).change(found, web), 2);
        assertThat(inside.read()).isEqualTo(image);
    }

    @Test
    void changedFlagsAreSeenAndPutBack() {
        long word = (long) web.number() * MapLayout.VipRow.SIZE + MapLayout.VipRow.WORD;
        damage(
                PlaneMaps.VIPS,
                vips -> vips.setLongRelease(word, vips.getLongAcquire(word) | (long) VipFlag.NO_LRU.bit() << 32));

        VipImage found = Objects.requireNonNull(inside.read().vips().get(WEB));
        assertThat(found.flags()).isEqualTo(VipFlag.NO_LRU.bit());

        PlaneScene.apply(inside, new PlanDraft(inside.read()).change(found, web), 2);
        assertThat(inside.read()).isEqualTo(image);
    }

    @Test
    void aVipThatPacketsDoNotFindIsNotInForce() {
        damage(PlaneMaps.CONTROL, control -> control.setIntRelease(MapLayout.Control.GENERATION, 5));

        PlaneImage found = inside.read();
        assertThat(found.vips()).isEmpty();
        assertThat(found.retiredVips()).containsOnlyKeys(WEB, DNS);

        PlaneScene.apply(
                inside,
                new PlanDraft(found).enterVip(WEB, Map.of(R1, 10, R2, 20)).enterVip(DNS, Map.of(PlaneScene.R3, 5)),
                2);
        assertThat(inside.read()).isEqualTo(image);
    }

    @Test
    void membersThatNobodyOwnsGoAwayWithTheNextChange() {
        int row = 777;
        long orphan = 5L << 32 | 40L << 16 | web.number();
        damage(PlaneMaps.MEMBERS, members -> members.setLongRelease(row * 8L, orphan));
        assertThat(inside.read()).isEqualTo(image);

        PlaneScene.apply(inside, new PlanDraft(image).changeMembers(DNS, Map.of(PlaneScene.R3, 6)), 2);

        damage(
                PlaneMaps.MEMBERS,
                members -> assertThat(members.getLongAcquire(row * 8L)).isZero());
    }

    @Test
    void verificationNamesWhatTheKernelDoesNotHold() {
        PlanDraft draft = new PlanDraft(image).changeMembers(WEB, Map.of(R1, 3));
        StagedPlan staged = inside.stage(draft.plan(2));
        staged.switchOver();
        damage(
                PlaneMaps.VIPS,
                vips -> vips.setLongRelease(
                        (long) web.number() * MapLayout.VipRow.SIZE + MapLayout.VipRow.RING_DIGEST, 1));

        assertThatExceptionOfType(PlaneException.class)
                .isThrownBy(staged::verify)
                .withMessageContaining("VIP 10.200.1.1-80-tcp");
    }

    private int ringOf(int number) {
        int[] slot = new int[1];
        damage(PlaneMaps.VIPS, vips -> slot[0] = vips.getIntAcquire((long) number * MapLayout.VipRow.SIZE));
        return slot[0];
    }

    private void damage(String name, Consumer<BpfMapMemory> change) {
        try (BpfMap map = BpfMap.openPinned(machine.pins().resolve(name));
                BpfMapMemory memory = map.memory()) {
            change.accept(memory);
        }
    }
}
