package io.makolb.balancer;

import static io.makolb.balancer.Configurations.grid;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.AttachMode;
import io.makolb.model.Configuration;
import io.makolb.model.VipId;
import io.makolb.plane.PlanStep;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneLimits;
import io.makolb.plane.PlanePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How a large plan is cut. */
class PortionsTests {

    private static final PlaneLimits LIMITS = new PlaneLimits(1024, 8192, 16_384, 101, 6, 10_000);

    private static final Projection PROJECTION =
            new Projection(new DataplaneDefaults(List.of(), AttachMode.AUTO, Optional.empty(), List.of()));

    private static PlaneImage image(Configuration configuration, PlaneImage before) {
        return PROJECTION.project(configuration, Map.of(), before, null, Retirement.QUIET);
    }

    private static List<PlanePlan> cut(PlaneImage before, PlaneImage after) {
        Portions portions = new Portions(Planner.plan(before, after, 2));
        List<PlanePlan> all = new ArrayList<>();
        while (portions.hasNext()) {
            all.add(portions.next());
        }
        return all;
    }

    private static long count(PlanePlan plan, Class<? extends PlanStep> type) {
        return plan.steps().stream().filter(type::isInstance).count();
    }

    @Test
    void newVipsEnterAFewAtATimeEachPortionWhereTheOneBeforeEnded() {
        PlaneImage before = PlaneImage.empty(LIMITS);
        PlaneImage after = image(grid(100, 4, 400), before);

        List<PlanePlan> portions = cut(before, after);

        assertThat(portions)
                .extracting(plan -> count(plan, PlanStep.EnterVip.class))
                .containsExactly(24L, 24L, 24L, 24L, 4L);
        PlaneImage reached = before;
        for (PlanePlan portion : portions) {
            assertThat(portion.before()).isSameAs(reached);
            assertThat(Planner.plan(reached, portion.after(), 2).steps())
                    .containsExactlyInAnyOrderElementsOf(portion.steps());
            reached = portion.after();
        }
        assertThat(reached).isEqualTo(after);
    }

    @Test
    void aPortionHasFewMembersToo() {
        PlaneImage before = PlaneImage.empty(LIMITS);

        List<PlanePlan> portions = cut(before, image(grid(10, 1000, 5000), before));

        assertThat(portions)
                .allSatisfy(
                        plan -> assertThat(count(plan, PlanStep.EnterVip.class)).isLessThanOrEqualTo(4));
        assertThat(portions).allSatisfy(plan -> assertThat(plan.steps()).hasSizeLessThanOrEqualTo(Portions.SIZE));
    }

    @Test
    void aNumberThatComesBackStaysRetiredUntilItsVipEnters() {
        PlaneImage full = image(grid(100, 4, 400), PlaneImage.empty(LIMITS));
        PlaneImage none = image(grid(0, 0, 1), full);
        PlaneImage again = image(grid(100, 4, 400), none);
        NavigableMap<VipId, Integer> numbers = new TreeMap<>(none.retiredVips());

        List<PlanePlan> portions = cut(none, again);

        for (PlanePlan portion : portions) {
            portion.steps().forEach(step -> {
                if (step instanceof PlanStep.EnterVip enter) {
                    assertThat(numbers.remove(enter.vip().id()))
                            .isEqualTo(enter.vip().number());
                }
            });
            assertThat(portion.after().retiredVips()).isEqualTo(numbers);
        }
        assertThat(portions).hasSizeGreaterThan(3);
        assertThat(portions.get(portions.size() - 1).after()).isEqualTo(again);
    }

    @Test
    void thereAreNeverMoreMembershipsThanBeforeOrAfterTheWhole() {
        PlaneLimits tight = new PlaneLimits(1024, 8192, 600, 101, 6, 10_000);
        PlaneImage before = image(grid(100, 6, 700), PlaneImage.empty(tight));
        // Half of the VIPs go, and the others need all the room that there is.
        PlaneImage after = image(grid(50, 12, 700), before);

        assertThat(cut(before, after))
                .allSatisfy(plan -> assertThat(plan.after().memberships()).isLessThanOrEqualTo(600));
    }

    @Test
    void whoLeavesGoesWhenTheOthersHaveCome() {
        PlaneImage before = image(grid(100, 4, 400), PlaneImage.empty(LIMITS));
        PlaneImage after = image(grid(50, 12, 700), before);

        List<PlanePlan> portions = cut(before, after);

        PlanePlan last = portions.get(portions.size() - 1);
        assertThat(count(last, PlanStep.RetireVip.class)).isEqualTo(50);
        assertThat(last.before().vips()).hasSize(100);
    }

    @Test
    void aPlanWithoutStepsIsOnePortion() {
        PlaneImage image = image(grid(3, 2, 10), PlaneImage.empty(LIMITS));

        assertThat(cut(image, image))
                .singleElement()
                .satisfies(plan -> assertThat(plan.steps()).isEmpty());
    }
}
