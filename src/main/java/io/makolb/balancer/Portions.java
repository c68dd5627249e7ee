package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.BulkSets;
import io.makolb.model.VipId;
import io.makolb.plane.PlanStep;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.RealImage;
import io.makolb.plane.VipImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * Cuts a large plan into plans that can be put in force one after the other, each of them quickly. Numbers are freed first; reals
 * enter before the VIPs that need them, and whoever leaves goes last. Interfaces are left out: they stay as they are. Pure.
 */
final class Portions {

    /** VIPs with a new ring: each is read back, and each that was in force before needs a spare slot, of which others need some, too. */
    static final int RINGS = 24;

    /** Steps, and members of the VIPs in them. */
    static final int SIZE = 4096;

    /** A plan of so few steps is a portion by itself. */
    static final int STEPS = 1024;

    private final PlanePlan whole;
    private final NavigableMap<VipId, VipImage> vips;
    private final NavigableMap<Address, RealImage> reals;
    private final NavigableMap<VipId, Integer> retiredVips;
    private final NavigableMap<Address, Integer> retiredReals;
    private BulkSets bulk;
    private final List<PlanStep> order;
    private PlaneImage reached;
    private int begun;
    private boolean any;

    /** The portions of this plan. */
    Portions(PlanePlan whole) {
        this.whole = whole;
        this.reached = whole.before();
        this.vips = new TreeMap<>((Map<VipId, VipImage>) reached.vips());
        this.reals = new TreeMap<>((Map<Address, RealImage>) reached.reals());
        this.retiredVips = new TreeMap<>((Map<VipId, Integer>) reached.retiredVips());
        this.retiredReals = new TreeMap<>((Map<Address, Integer>) reached.retiredReals());
        this.bulk = reached.bulk();
        this.order = inOrder(whole);
    }

    /** Whether a plan is so small that one portion would hold all of it. */
    static boolean isSmall(PlanePlan plan) {
        int touched = 0;
        int members = 0;
        for (PlanStep step : plan.steps()) {
            touched += members(step) < 0 ? 0 : 1;
            members += Math.max(0, members(step));
            if (step instanceof PlanStep.ChangeBulk change && !isSmall(change)) {
                return false;
            }
        }
        return touched <= Inbox.BATCH_VIPS && plan.steps().size() <= STEPS && members <= STEPS;
    }

    /** Sets that are compared in no time, and of which few are to be written. */
    private static boolean isSmall(PlanStep.ChangeBulk change) {
        return change.before().size() <= SIZE && change.after().size() <= SIZE;
    }

    /** Whether there are more; there is at least one. */
    boolean hasNext() {
        return begun < order.size() || !any;
    }

    /** The next portion, made only now: thousands of images at once would need a large heap. */
    PlanePlan next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all portions were handed out");
        }
        List<PlanStep> steps = new ArrayList<>();
        int rings = 0;
        int size = 0;
        while (begun < order.size() && !isFull(order.get(begun), rings, size)) {
            PlanStep step = order.get(begun++);
            steps.add(step);
            rings += hasNewRing(step) ? 1 : 0;
            size += 1 + Math.max(0, members(step));
            take(step);
        }
        any = true;
        PlaneImage after = new PlaneImage(
                whole.after().limits(),
                vips,
                reals,
                retiredVips,
                retiredReals,
                whole.after().decapDestinations(),
                bulk,
                whole.before().interfaces(),
                whole.after().healthChecks());
        PlanePlan portion = new PlanePlan(reached, after, steps, whole.revision());
        reached = after;
        return portion;
    }

    private static boolean isFull(PlanStep next, int rings, int size) {
        return size > 0 && (rings == RINGS && hasNewRing(next) || size + Math.max(0, members(next)) >= SIZE);
    }

    /**
     * VIPs that shrink come before those that grow, so that there are never more memberships than before or after the whole. VIPs
     * that are no more leave after the others have come, as long as there is room for both.
     */
    private static List<PlanStep> inOrder(PlanePlan whole) {
        List<PlanStep> first = new ArrayList<>();
        List<PlanStep> touched = new ArrayList<>();
        List<PlanStep> leaving = new ArrayList<>();
        List<PlanStep> last = new ArrayList<>();
        for (PlanStep step : whole.steps()) {
            if (members(step) >= 0) {
                touched.add(step);
            } else if (step instanceof PlanStep.RetireVip) {
                leaving.add(step);
            } else if (step instanceof PlanStep.RetireReal) {
                last.add(step);
            } else if (step instanceof PlanStep.ChangeHealthChecks) {
                first.add(0, step);
            } else if (!(step instanceof PlanStep.ChangeInterface)) {
                first.add(step);
            }
        }
        touched.sort(Comparator.comparingInt(Portions::growth));
        List<PlanStep> ordered = new ArrayList<>(first);
        boolean roomForBoth = whole.after().memberships() + membersOf(leaving, whole.before())
                <= whole.after().limits().maxMemberships();
        ordered.addAll(roomForBoth ? touched : leaving);
        ordered.addAll(roomForBoth ? leaving : touched);
        ordered.addAll(last);
        return ordered;
    }

    private static int membersOf(List<PlanStep> leaving, PlaneImage before) {
        int members = 0;
        for (PlanStep step : leaving) {
            VipImage vip =
                    step instanceof PlanStep.RetireVip retire ? before.vips().get(retire.id()) : null;
            members += vip == null ? 0 : vip.members().size();
        }
        return members;
    }

    /** Members of the VIP that a step enters or changes; negative: it does neither. */
    private static int members(PlanStep step) {
        if (step instanceof PlanStep.EnterVip enter) {
            return enter.vip().members().size();
        }
        return step instanceof PlanStep.ChangeVip change
                ? change.after().members().size()
                : -1;
    }

    private static int growth(PlanStep step) {
        return members(step)
                - (step instanceof PlanStep.ChangeVip change
                        ? change.before().members().size()
                        : 0);
    }

    private static boolean hasNewRing(PlanStep step) {
        return step instanceof PlanStep.ChangeVip change
                ? change.after().ringRecipe() != change.before().ringRecipe()
                : step instanceof PlanStep.EnterVip;
    }

    /** What is reached with a step. A number that comes back is retired until then. */
    private void take(PlanStep step) {
        if (step instanceof PlanStep.EnterVip enter) {
            vips.put(enter.vip().id(), enter.vip());
            retiredVips.remove(enter.vip().id());
        } else if (step instanceof PlanStep.ChangeVip change) {
            vips.put(change.after().id(), change.after());
        } else if (step instanceof PlanStep.RetireVip retire) {
            vips.remove(retire.id());
            retiredVips.put(retire.id(), retire.number());
        } else if (step instanceof PlanStep.FreeVip free) {
            retiredVips.remove(free.id());
        } else if (step instanceof PlanStep.EnterReal enter) {
            reals.put(enter.address(), enter.real());
            retiredReals.remove(enter.address());
        } else if (step instanceof PlanStep.ChangeReal change) {
            reals.put(change.address(), change.after());
        } else if (step instanceof PlanStep.RetireReal retire) {
            reals.remove(retire.address());
            retiredReals.put(retire.address(), retire.index());
        } else if (step instanceof PlanStep.FreeReal free) {
            retiredReals.remove(free.address());
        } else if (step instanceof PlanStep.ChangeBulk change) {
            bulk = bulk.with(change.after());
        }
    }
}
