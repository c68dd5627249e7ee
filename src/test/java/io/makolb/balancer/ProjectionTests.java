package io.makolb.balancer;

import static io.makolb.balancer.Configurations.real;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.AdminState;
import io.makolb.model.AttachMode;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.HashFunction;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.Membership;
import io.makolb.model.Observation;
import io.makolb.model.OnEmpty;
import io.makolb.model.RealAttributes;
import io.makolb.model.Refusal;
import io.makolb.model.Vip;
import io.makolb.model.VipId;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.MemoryPlane;
import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneLimits;
import io.makolb.plane.StagedPlan;
import io.makolb.plane.VipImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTests {

    private static final PlaneLimits LIMITS = new PlaneLimits(4, 8, 16, 101, 6, 10_000);
    private static final MacAddress ONE = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress TWO = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress THREE = MacAddress.parse("02:00:00:00:00:03");

    private final Projection projection = projection(Optional.empty());
    private Configuration configuration = Configuration.EMPTY;
    private PlaneImage image = PlaneImage.empty(LIMITS);

    private static Projection projection(Optional<MacAddress> gateway) {
        return new Projection(new DataplaneDefaults(List.of("eth0"), AttachMode.NATIVE, gateway, List.of("eth0")));
    }

    private void apply(Change change) {
        Configuration after = change.applyTo(configuration);
        image = projection.project(after, Map.of(), image, configuration, Retirement.QUIET);
        configuration = after;
    }

    private VipImage imageOf(int n) {
        VipImage found = image.vips().get(vip(n));
        assertThat(found).isNotNull();
        return found;
    }

    private static Change vipWith(int n, OnEmpty onEmpty) {
        return new Change.PutVip(new Vip(vip(n), Set.of(), HashFunction.MAGLEV_V2, onEmpty, "", new TreeMap<>()));
    }

    @Test
    void theLowestFreeNumbersAreGivenOut() {
        apply(Configurations.putVip(1));
        apply(Configurations.putVip(2));
        apply(Configurations.putMember(2, 5, 1));
        apply(Configurations.putMember(2, 4, 1));

        assertThat(imageOf(1).number()).isZero();
        assertThat(imageOf(2).number()).isEqualTo(1);
        assertThat(image.reals().get(real(5)).index()).isEqualTo(1);
        assertThat(image.reals().get(real(4)).index()).isEqualTo(2);
    }

    @Test
    void whatIsGoneIsRetiredAndComesBackUnderItsNumber() {
        apply(Configurations.putVip(1));
        apply(Configurations.putMember(1, 1, 1));
        apply(new Change.DeleteVip(vip(1)));
        assertThat(image.retiredVips()).containsOnly(Map.entry(vip(1), 0));
        assertThat(image.retiredReals()).containsOnly(Map.entry(real(1), 1));

        apply(Configurations.putVip(2));
        apply(Configurations.putMember(2, 2, 1));
        assertThat(imageOf(2).number()).isEqualTo(1);
        apply(Configurations.putVip(1));
        apply(Configurations.putMember(1, 1, 1));

        assertThat(imageOf(1).number()).isZero();
        assertThat(image.reals().get(real(1)).index()).isEqualTo(1);
        assertThat(image.retiredVips()).isEmpty();
        assertThat(image.retiredReals()).isEmpty();
    }

    @Test
    void aRealThatAnotherVipUsesIsNotRetired() {
        apply(Configurations.putVip(1));
        apply(Configurations.putVip(2));
        apply(Configurations.putMember(1, 1, 1));
        apply(Configurations.putMember(2, 1, 1));

        apply(new Change.DeleteVip(vip(1)));

        assertThat(image.reals()).containsOnlyKeys(real(1));
        assertThat(image.retiredReals()).isEmpty();
    }

    @Test
    void reclaimedNumbersAreFree() {
        apply(Configurations.putVip(1));
        apply(new Change.DeleteVip(vip(1)));

        image = projection.project(
                configuration,
                Map.of(),
                image,
                configuration,
                Retirement.after(new Observation.Reclaimed(Set.of(0), Set.of())));

        assertThat(image.retiredVips()).isEmpty();
        apply(Configurations.putVip(2));
        assertThat(imageOf(2).number()).isZero();
    }

    @Test
    void numbersThatAreOnlyRetiredMustBeFreedFirst() {
        for (int n = 1; n <= 4; n++) {
            apply(Configurations.putVip(n));
            apply(new Change.DeleteVip(vip(n)));
        }

        assertThatThrownBy(() -> apply(Configurations.putVip(5))).isInstanceOf(NumbersRetiredException.class);

        assertThat(projection
                        .project(
                                Configurations.putVip(5).applyTo(configuration),
                                Map.of(),
                                image,
                                null,
                                Retirement.LENDING)
                        .vips())
                .containsOnlyKeys(vip(5));
    }

    @Test
    void aNumberThatIsBeingPurgedIsNobodys() {
        apply(Configurations.putVip(1));
        apply(new Change.DeleteVip(vip(1)));
        Configuration again = Configurations.putVip(1).applyTo(configuration);

        assertThatThrownBy(() ->
                        projection.project(again, Map.of(), image, configuration, Retirement.busy(Set.of(0), Set.of())))
                .isInstanceOf(NumbersRetiredException.class);
    }

    @Test
    void aNumberDoesNotChangeOwnersWithinOneChange() {
        for (int n = 1; n <= 4; n++) {
            apply(Configurations.putVip(n));
        }
        Configuration other = Configurations.putVip(5).applyTo(Configuration.EMPTY);

        assertFull(
                PlaneFullException.Limit.VIPS,
                4,
                4,
                new Change.ReplaceConfiguration(other, Optional.empty(), List.of()));

        apply(new Change.DeleteVip(vip(4)));
        assertThatThrownBy(() -> apply(Configurations.putVip(5))).isInstanceOf(NumbersRetiredException.class);
    }

    @Test
    void everyLimitIsKept() {
        for (int n = 1; n <= 4; n++) {
            apply(Configurations.putVip(n));
        }
        assertFull(PlaneFullException.Limit.VIPS, 4, 4, Configurations.putVip(5));
        for (int n = 1; n <= 7; n++) {
            apply(Configurations.putMember(1, n, 1));
        }
        assertFull(PlaneFullException.Limit.REALS, 7, 7, Configurations.putMember(1, 8, 1));
        for (int n = 1; n <= 9; n++) {
            apply(Configurations.putMember(2 + n / 7, 1 + n % 7, 1));
        }
        assertFull(PlaneFullException.Limit.MEMBERSHIPS, 16, 16, Configurations.putMember(4, 1, 1));
    }

    private void assertFull(PlaneFullException.Limit limit, int used, int size, Change change) {
        assertThatThrownBy(() -> apply(change)).isInstanceOfSatisfying(PlaneFullException.class, full -> {
            assertThat(full.limit()).isEqualTo(limit);
            assertThat(full.used()).isEqualTo(used);
            assertThat(full.size()).isEqualTo(size);
        });
    }

    @Test
    void realsThatTakeNoFlowsLeaveTheRingAlone() {
        apply(Configurations.putVip(1));
        apply(Configurations.putMember(1, 1, 1));
        long recipe = imageOf(1).ringRecipe();

        apply(Configurations.putMember(1, 2, 0));
        apply(new Change.PutMembership(vip(1), new Membership(real(3), 9, AdminState.DISABLED)));

        assertThat(imageOf(1).members()).hasSize(3);
        assertThat(imageOf(1).ringRecipe()).isEqualTo(recipe);
        apply(Configurations.putMember(1, 2, 1));
        assertThat(imageOf(1).ringRecipe()).isNotEqualTo(recipe);
    }

    @Test
    void onlyKeepKeepsTheRingOfAnEmptyVip() {
        apply(vipWith(1, OnEmpty.KEEP));
        assertThat(imageOf(1).ringRecipe()).isZero();
        apply(Configurations.putMember(1, 1, 1));
        long recipe = imageOf(1).ringRecipe();

        apply(new Change.DeleteMembership(vip(1), real(1)));
        assertThat(imageOf(1).ringRecipe()).isEqualTo(recipe);

        apply(vipWith(1, OnEmpty.DROP));
        assertThat(imageOf(1).ringRecipe()).isZero();
    }

    @Test
    void theGatewayIsTheOneOfTheApiElseThePropertyElseWhatWasSeen() {
        Map<String, Observation> seen = Map.of("gateway/eth0", new Observation.GatewayMac("eth0", Optional.of(THREE)));
        Configuration set = new Change.PutInterface(
                        "eth0", new InterfaceSettings(Optional.of(AttachMode.GENERIC), Optional.of(ONE)))
                .applyTo(configuration);

        assertThat(gateway(projection(Optional.of(TWO)), set, seen)).hasValue(ONE);
        assertThat(gateway(projection(Optional.of(TWO)), configuration, seen)).hasValue(TWO);
        assertThat(gateway(projection, configuration, seen)).hasValue(THREE);
        assertThat(gateway(projection, configuration, Map.of())).isEmpty();
        assertThat(projection
                        .project(set, seen, image, null, Retirement.QUIET)
                        .interfaces()
                        .get("eth0")
                        .mode())
                .isEqualTo(AttachMode.GENERIC);
    }

    private Optional<MacAddress> gateway(
            Projection projecting, Configuration wanted, Map<String, Observation> observations) {
        return projecting
                .project(wanted, observations, image, null, Retirement.QUIET)
                .interfaces()
                .get("eth0")
                .gateway();
    }

    @Test
    void nothingIsAttachedWhereThereIsNoInterfaceOrNoWish() {
        Map<String, Observation> gone = Map.of("link/eth0", new Observation.LinkState("eth0", 0, false));
        Configuration off = new Change.SetAttachment(false).applyTo(configuration);

        assertThat(attached(configuration, Map.of())).isTrue();
        assertThat(attached(configuration, gone)).isFalse();
        assertThat(attached(off, Map.of())).isFalse();
    }

    private boolean attached(Configuration wanted, Map<String, Observation> observations) {
        return projection
                .project(wanted, observations, image, null, Retirement.QUIET)
                .interfaces()
                .get("eth0")
                .attached();
    }

    @Test
    void attributesOfARealReachItInEveryVip() {
        apply(Configurations.putVip(1));
        apply(Configurations.putMember(1, 1, 1));
        apply(new Change.PutReal(real(1), new RealAttributes(true)));
        assertThat(image.reals().get(real(1)).local()).isTrue();

        apply(new Change.PutReal(real(1), RealAttributes.DEFAULT));
        assertThat(image.reals().get(real(1)).local()).isFalse();
    }

    /** What shares with its predecessor is not looked at again; that must never show. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void stepByStepAndAtOnceAreTheSameAndThePlanLeadsThere(long seed) {
        Random random = new Random(seed);
        PlaneLimits limits = new PlaneLimits(64, 64, 1024, 101, 6, 10_000);
        MemoryPlane plane = new MemoryPlane(new MemoryKernel(limits, "eth0"));
        image = PlaneImage.empty(limits);
        for (int i = 0; i < 200; i++) {
            Configuration after = randomlyChanged(random);
            PlaneImage wanted = projection.project(after, Map.of(), image, configuration, Retirement.QUIET);

            assertThat(projection.project(after, Map.of(), image, null, Retirement.QUIET))
                    .isEqualTo(wanted);
            assertThat(Adoption.fromKernel(wanted, after).vips()).isEqualTo(after.vips());
            assertThat(wanted.reals().keySet()).isEqualTo(after.allReals());
            assertThat(numbers(wanted)).doesNotHaveDuplicates();
            image.vips().forEach((id, vip) -> assertThat(numberOf(wanted, id)).isEqualTo(vip.number()));
            assertThat(Planner.plan(wanted, wanted, 1).steps()).isEmpty();
            StagedPlan staged = plane.stage(Planner.plan(image, wanted, i));
            staged.switchOver();
            staged.verify();
            assertThat(Planner.plan(plane.read(), wanted, i).steps()).isEmpty();
            image = wanted;
            configuration = after;
        }
        assertThat(configuration.vips()).isNotEmpty();
    }

    private Configuration randomlyChanged(Random random) {
        Configuration after = configuration;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            try {
                after = Configurations.random(random, after).applyTo(after);
            } catch (Refusal refusal) {
                assertThat(refusal.remedy()).isNotEmpty();
            }
        }
        return after;
    }

    private static List<Integer> numbers(PlaneImage of) {
        List<Integer> numbers = new ArrayList<>(of.retiredVips().values());
        of.vips().values().forEach(vip -> numbers.add(vip.number()));
        return numbers;
    }

    private static int numberOf(PlaneImage of, VipId id) {
        VipImage live = of.vips().get(id);
        return live != null ? live.number() : of.retiredVips().getOrDefault(id, -1);
    }
}
