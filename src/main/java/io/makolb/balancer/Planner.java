package io.makolb.balancer;

import io.makolb.model.AttachMode;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkSets;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.PlanStep;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.RealImage;
import io.makolb.plane.VipImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from one image to another. Numbers are freed before they are given out, VIPs leave before others need their space,
 * and reals enter before VIPs refer to them and leave after.
 */
final class Planner {

    private final List<PlanStep> freed = new ArrayList<>();
    private final List<PlanStep> retiredVips = new ArrayList<>();
    private final List<PlanStep> retiredReals = new ArrayList<>();
    private final List<PlanStep> reals = new ArrayList<>();
    private final List<PlanStep> vips = new ArrayList<>();
    private final List<PlanStep> bulk = new ArrayList<>();
    private final List<PlanStep> decaps = new ArrayList<>();
    private final List<PlanStep> interfaces = new ArrayList<>();

    private Planner() {}

    static PlanePlan plan(PlaneImage before, PlaneImage after, long revision) {
        Planner planner = new Planner();
        planner.reals(before, after);
        planner.vips(before, after);
        planner.decaps(before, after);
        BulkKind.ALL.forEach(kind -> planner.bulk(kind, before.bulk(), after.bulk()));
        planner.interfaces(before, after);
        if (!before.healthChecks().equals(after.healthChecks())) {
            planner.interfaces.add(new PlanStep.ChangeHealthChecks(before.healthChecks(), after.healthChecks()));
        }
        List<PlanStep> steps = new ArrayList<>(planner.freed);
        steps.addAll(planner.retiredVips);
        steps.addAll(planner.reals);
        steps.addAll(planner.vips);
        steps.addAll(planner.bulk);
        steps.addAll(planner.retiredReals);
        steps.addAll(planner.decaps);
        steps.addAll(planner.interfaces);
        return new PlanePlan(before, after, steps, revision);
    }

    private void reals(PlaneImage before, PlaneImage after) {
        SideBySide.walk(before.reals(), after.reals(), (address, was, is) -> {
            if (is == null) {
                if (was != null) {
                    retiredReals.add(new PlanStep.RetireReal(address, was.index()));
                }
            } else if (was == null) {
                reals.add(new PlanStep.EnterReal(address, is));
            } else if (!was.equals(is)) {
                reals.add(new PlanStep.ChangeReal(address, was, is));
            }
        });
        before.retiredReals().forEach((address, index) -> {
            RealImage revived = after.reals().get(address);
            if (!after.retiredReals().containsKey(address) && (revived == null || revived.index() != index)) {
                freed.add(new PlanStep.FreeReal(address, index));
            }
        });
    }

    private void vips(PlaneImage before, PlaneImage after) {
        SideBySide.walk(before.vips(), after.vips(), (id, was, is) -> {
            if (is == null) {
                if (was != null) {
                    retiredVips.add(new PlanStep.RetireVip(id, was.number()));
                }
            } else if (was == null) {
                vips.add(new PlanStep.EnterVip(is));
            } else if (!SideBySide.same(was, is) && !was.equals(is)) {
                vips.add(new PlanStep.ChangeVip(was, is));
            }
        });
        before.retiredVips().forEach((id, number) -> {
            VipImage revived = after.vips().get(id);
            if (!after.retiredVips().containsKey(id) && (revived == null || revived.number() != number)) {
                freed.add(new PlanStep.FreeVip(id, number));
            }
        });
    }

    private <K extends Comparable<? super K>> void bulk(BulkKind<K> kind, BulkSets before, BulkSets after) {
        BulkSet<K> was = before.of(kind);
        BulkSet<K> is = after.of(kind);
        if (!SideBySide.same(was, is) && is.comparedWith(was).size() > 0) {
            bulk.add(new PlanStep.ChangeBulk(was, is));
        }
    }

    private void decaps(PlaneImage before, PlaneImage after) {
        SideBySide.walk(before.decapDestinations(), after.decapDestinations(), (address, was, is) -> {
            if (is == null) {
                decaps.add(0, new PlanStep.RemoveDecap(address));
            } else if (!is.equals(was)) {
                decaps.add(new PlanStep.PutDecap(address, is));
            }
        });
    }

    private void interfaces(PlaneImage before, PlaneImage after) {
        for (Map.Entry<String, InterfaceImage> entry : after.interfaces().entrySet()) {
            InterfaceImage was = before.interfaces().get(entry.getKey());
            if (was == null || !was.satisfies(entry.getValue())) {
                interfaces.add(
                        new PlanStep.ChangeInterface(entry.getKey(), Optional.ofNullable(was), entry.getValue()));
            }
        }
        for (Map.Entry<String, InterfaceImage> entry : before.interfaces().entrySet()) {
            boolean inUse =
                    entry.getValue().attached() || entry.getValue().gateway().isPresent();
            if (inUse && !after.interfaces().containsKey(entry.getKey())) {
                InterfaceImage off = new InterfaceImage(false, AttachMode.AUTO, Optional.empty());
                interfaces.add(new PlanStep.ChangeInterface(entry.getKey(), Optional.of(entry.getValue()), off));
            }
        }
    }
}
