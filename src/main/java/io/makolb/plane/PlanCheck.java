package io.makolb.plane;

import io.makolb.model.BulkKind;
import io.makolb.plane.PlaneFullException.Limit;
import java.util.Collection;

/** Whether a plan fits into the plane. */
final class PlanCheck {

    private PlanCheck() {}

    /**
     * Checks every limit.
     *
     * @throws PlaneFullException one is exceeded
     */
    static void check(PlanePlan plan) {
        PlaneLimits limits = plan.before().limits();
        for (PlanStep step : plan.steps()) {
            if (step instanceof PlanStep.EnterVip enter) {
                checkVip(enter.vip(), plan.before());
            } else if (step instanceof PlanStep.EnterReal enter && enter.real().index() >= limits.maxReals()) {
                throw full(
                        Limit.REALS,
                        plan.before().reals().size()
                                + plan.before().retiredReals().size(),
                        limits.maxReals() - 1,
                        "reals");
            }
        }
        checkDecap(plan);
        for (BulkKind<?> kind : BulkKind.ALL) {
            checkBulk(kind, plan);
        }
        HealthCheckImage before = plan.before().healthChecks();
        HealthCheckImage after = plan.after().healthChecks();
        if (after.marks().size() > limits.maxHealthcheckMarks()) {
            throw full(
                    Limit.HEALTHCHECK_MARKS, before.marks().size(), limits.maxHealthcheckMarks(), "health-check marks");
        }
        if (after.keys().size() > limits.maxHealthcheckKeys()) {
            throw full(Limit.HEALTHCHECK_KEYS, before.keys().size(), limits.maxHealthcheckKeys(), "health-check keys");
        }
        int memberships = memberships(plan.after().vips().values());
        if (memberships > limits.maxMemberships()) {
            throw full(
                    Limit.MEMBERSHIPS,
                    memberships(plan.before().vips().values()),
                    limits.maxMemberships(),
                    "memberships");
        }
    }

    private static void checkBulk(BulkKind<?> kind, PlanePlan plan) {
        int size = plan.before().limits().most(kind);
        if (plan.after().bulk().of(kind).size() > size) {
            throw full(Limit.of(kind), plan.before().bulk().of(kind).size(), size, kind.noun() + "s");
        }
    }

    private static void checkDecap(PlanePlan plan) {
        int size = plan.before().limits().maxDecapDestinations();
        if (plan.after().decapDestinations().size() > size) {
            throw full(
                    Limit.DECAP_DESTINATIONS, plan.before().decapDestinations().size(), size, "decap destinations");
        }
    }

    private static void checkVip(VipImage vip, PlaneImage before) {
        if (vip.number() >= before.limits().maxVips()) {
            throw full(
                    Limit.VIPS,
                    before.vips().size() + before.retiredVips().size(),
                    before.limits().maxVips(),
                    "VIPs");
        }
    }

    private static int memberships(Collection<VipImage> vips) {
        return vips.stream().mapToInt(vip -> vip.members().size()).sum();
    }

    private static PlaneFullException full(Limit limit, int used, int size, String what) {
        String remedy = limit.property().isEmpty() ? "" : " Raise " + limit.property() + ", or remove some.";
        return new PlaneFullException(
                limit,
                used,
                size,
                "The plane has room for " + size + " " + what + ", " + used + " are in use." + remedy,
                0);
    }
}
