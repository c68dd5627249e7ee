package io.makolb.balancer;

import io.makolb.model.Observation;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlanePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way for what the machine says: into what packets obey, never into the store. */
final class ObservationRoad {

    private final Situation situation;
    private final ForwardingPlane plane;
    private final Switching switching;
    private final Reclaimer reclaimer;

    ObservationRoad(Situation situation, ForwardingPlane plane, Switching switching, Reclaimer reclaimer) {
        this.situation = situation;
        this.plane = plane;
        this.switching = switching;
        this.reclaimer = reclaimer;
    }

    void travel(List<Observation> observations) {
        Set<Integer> vips = new HashSet<>();
        Set<Integer> reals = new HashSet<>();
        boolean changed = false;
        boolean linkMoved = false;
        for (Observation observation : observations) {
            if (observation instanceof Observation.Reclaimed reclaimed) {
                vips.addAll(reclaimed.vipNumbers());
                reals.addAll(reclaimed.realIndexes());
                reclaimer.ended();
            } else {
                Observation before = situation.observations().put(observation.key(), observation);
                changed |= !observation.equals(before);
                linkMoved |= hasMoved(before, observation);
            }
        }
        Observation.Reclaimed reclaimed = new Observation.Reclaimed(vips, reals);
        if (changed || !vips.isEmpty() || !reals.isEmpty()) {
            enforce(linkMoved, Retirement.after(reclaimed));
            situation.publish();
        }
    }

    /** An interface that was deleted and made anew has another index, and the program is not on it whatever was remembered. */
    private static boolean hasMoved(@Nullable Observation before, Observation now) {
        return before instanceof Observation.LinkState was
                && now instanceof Observation.LinkState is
                && was.index() != is.index();
    }

    private void enforce(boolean linkMoved, Retirement retirement) {
        if (situation.isBlocked()) {
            return;
        }
        if (switching.repairing()) {
            switching.replan();
            return;
        }
        try {
            if (linkMoved) {
                situation.rereadInterfaces();
            }
            if (situation.isInTransit()) {
                enforceInterfaces();
            } else {
                enforceAll(retirement);
            }
        } catch (PlaneException e) {
            switching.failed(e);
        }
    }

    /** Brings packets to what they should obey, which is little: what the machine has said, and numbers that were freed. */
    void enforce(Retirement retirement) {
        try {
            enforceAll(retirement);
        } catch (PlaneException e) {
            switching.failed(e);
        }
    }

    private void enforceAll(Retirement retirement) {
        PlanePlan plan = situation.plan(situation.stand(), retirement);
        if (plan.isEmpty()) {
            return;
        }
        Switching.Goal goal = new Switching.Goal(
                plane.stage(plan), plan.after(), situation.stand().configuration());
        if (switching.putInForce(goal)) {
            situation.inForce(goal.after(), goal.configuration());
        }
    }

    /** While a large change is on its way, only interfaces can be brought to what they should be. */
    private void enforceInterfaces() {
        PlanePlan plan = situation.planInterfaces();
        if (plan.isEmpty()) {
            return;
        }
        if (switching.putInForce(new Switching.Goal(plane.stage(plan), plan.after(), null))) {
            situation.interfacesInForce(plan.after());
        } else {
            // VIPs go on to change, so this plan cannot be tried again.
            switching.replan();
        }
    }
}
