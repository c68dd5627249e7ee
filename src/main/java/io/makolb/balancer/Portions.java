package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.PlanStep;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.RealImage;
import io.makolb.plane.VipImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Cuts a large plan into plans that can be put in force one after the other, each of them quickly. What enters comes first and what
 * leaves for good comes last, as in the whole. Interfaces are left out: they stay as they are. Pure.
 */
final class Portions {

    /** New rings of VIPs that are in force: each needs a spare slot, of which others need some, too. */
    static final int RINGS = 24;

    /** A plan of so few steps is a portion by itself. */
    static final int STEPS = 1024;

    private final PlanePlan whole;
    private final NavigableMap<VipId, VipImage> vips;
    private final NavigableMap<Address, RealImage> reals;
    private final NavigableMap<Address, Integer> retiredReals;
    private final Deque<PlanePlan> portions = new ArrayDeque<>();
    private PlaneImage reached;

    private Portions(PlanePlan whole) {
        this.whole = whole;
        this.reached = whole.before();
        this.vips = new TreeMap<>((Map<VipId, VipImage>) whole.after().vips());
        this.reals = new TreeMap<>((Map<Address, RealImage>) whole.after().reals());
        this.retiredReals = new TreeMap<>((Map<Address, Integer>) whole.after().retiredReals());
    }

    /** Whether a plan is so small that one portion would hold all of it. */
    static boolean isSmall(PlanePlan plan) {
        long entering = plan.steps().stream()
                .filter(PlanStep.EnterVip.class::isInstance)
                .count();
        long changing = plan.steps().stream()
                .filter(PlanStep.ChangeVip.class::isInstance)
                .count();
        return entering + changing <= Inbox.BATCH_VIPS && plan.steps().size() <= STEPS && whole(plan) <= STEPS;
    }

    /** Members of the VIPs that it touches. */
    private static int whole(PlanePlan plan) {
        int members = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof PlanStep.EnterVip enter) {
                members += enter.vip().members().size();
            } else if (step instanceof PlanStep.ChangeVip change) {
                members += change.after().members().size();
            }
        }
        return members;
    }

    /** The portions, at least one. */
    static Deque<PlanePlan> of(PlanePlan plan) {
        return new Portions(plan).cut();
    }

    private Deque<PlanePlan> cut() {
        List<PlanStep> first = new ArrayList<>();
        List<PlanStep.ChangeVip> changes = new ArrayList<>();
        List<PlanStep> last = new ArrayList<>();
        for (PlanStep step : whole.steps()) {
            if (step instanceof PlanStep.ChangeVip change) {
                changes.add(change);
                vips.put(change.before().id(), change.before());
            } else if (step instanceof PlanStep.RetireReal retire) {
                last.add(step);
                RealImage before = whole.before().reals().get(retire.address());
                if (before != null) {
                    reals.put(retire.address(), before);
                    retiredReals.remove(retire.address());
                }
            } else if (!(step instanceof PlanStep.ChangeInterface)) {
                first.add(step);
            }
        }
        int next = 0;
        do {
            List<PlanStep> steps = portions.isEmpty() ? first : new ArrayList<>();
            int rings = 0;
            for (; next < changes.size() && rings < RINGS; next++) {
                PlanStep.ChangeVip change = changes.get(next);
                steps.add(change);
                vips.put(change.after().id(), change.after());
                rings += change.after().ringRecipe() == change.before().ringRecipe() ? 0 : 1;
            }
            boolean end = next == changes.size();
            if (end) {
                steps.addAll(last);
            }
            add(steps, end);
        } while (next < changes.size());
        return portions;
    }

    private void add(List<PlanStep> steps, boolean end) {
        PlaneImage goal = whole.after();
        PlaneImage after = new PlaneImage(
                goal.limits(),
                vips,
                end ? goal.reals() : reals,
                goal.retiredVips(),
                end ? goal.retiredReals() : retiredReals,
                whole.before().interfaces(),
                goal.healthChecks());
        portions.add(new PlanePlan(reached, after, steps, whole.revision()));
        reached = after;
    }
}
