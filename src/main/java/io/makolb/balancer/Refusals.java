package io.makolb.balancer;

import io.makolb.model.BulkKind;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneFullException.Limit;
import io.makolb.plane.PlaneImage;
import io.makolb.store.StoreFailure;
import java.util.List;

/** What failures further down mean for the author of a change. */
final class Refusals {

    private Refusals() {}

    /**
     * A plan that could not be staged.
     *
     * @param now what is in force: how much of a limit is used
     */
    static Refusal of(PlaneException e, PlaneImage now) {
        if (e instanceof PlaneFullException full) {
            return full.limit() == Limit.KERNEL_MEMORY ? memory(full) : capacity(full, used(full, now));
        }
        return new Refusal(
                Reason.PLANE_UNAVAILABLE,
                "The kernel refused to prepare the change: " + e.getMessage(),
                "See GET /api/v1/dataplane and the log; nothing was changed.",
                List.of(),
                e.errno(),
                e);
    }

    private static int used(PlaneFullException full, PlaneImage now) {
        return switch (full.limit()) {
            case VIPS -> now.vips().size();
            case REALS -> now.reals().size();
            case MEMBERSHIPS -> now.memberships();
            case HEALTHCHECK_MARKS -> now.healthChecks().marks().size();
            case HEALTHCHECK_KEYS -> now.healthChecks().keys().size();
            case SOURCE_ROUTES -> now.bulk().of(BulkKind.SOURCE_ROUTES).size();
            case SERVER_IDS -> now.bulk().of(BulkKind.SERVER_IDS).size();
            case DECAP_DESTINATIONS -> now.decapDestinations().size();
            case RING_SLOTS, KERNEL_MEMORY -> full.used();
        };
    }

    private static Refusal memory(PlaneFullException full) {
        return new Refusal(
                Reason.KERNEL_MEMORY,
                String.valueOf(full.getMessage()),
                "Free memory on this machine, or lower the sizes under mako.dataplane and restart.",
                List.of(),
                full.errno(),
                full);
    }

    /** A limit that {@code used} of its entries leave no room in. */
    static Refusal capacity(PlaneFullException full, int used) {
        int left = Math.max(0, full.size() - used);
        String property = full.limit().property();
        return new Refusal(
                Reason.CAPACITY,
                full.getMessage() + " Of " + full.size() + ", " + used + " are used and " + left + " are left.",
                property.isEmpty()
                        ? "Remove what is not needed any more."
                        : "Remove what is not needed any more, or raise " + property + " and restart.",
                List.of(),
                full.errno(),
                full);
    }

    static Refusal of(StoreFailure e) {
        Reason reason;
        if (e instanceof StoreFailure.StoreFull) {
            reason = Reason.STORE_FULL;
        } else if (e instanceof StoreFailure.OutcomeUnknown) {
            reason = Reason.OUTCOME_UNKNOWN;
        } else {
            reason = Reason.STORE_UNAVAILABLE;
        }
        return new Refusal(reason, String.valueOf(e.getMessage()), e.remedy(), List.of(), 0, e);
    }

    /** What a condition has against changes; nothing when they are welcome. */
    static void requireWritable(Condition condition) {
        switch (condition.state()) {
            case READY, DEGRADED -> {}
            case STARTING ->
                throw new Refusal(Reason.STARTING, "Mako is still taking over.", "Try again in a few seconds.");
            case REPAIRING ->
                throw new Refusal(
                        Reason.PLANE_UNAVAILABLE,
                        condition.sentence(),
                        "The repair goes on by itself; try again when GET /api/v1/dataplane shows that it is done.");
            case FOREIGN ->
                throw new Refusal(
                        Reason.FOREIGN_PLANE,
                        condition.sentence(),
                        "Decide with POST /api/v1/dataplane/adopt whether KERNEL or STORE is right.");
            case READ_ONLY ->
                throw new Refusal(
                        Reason.STORE_UNAVAILABLE,
                        condition.sentence(),
                        "Repair the store; Mako tries to read it again by itself.");
        }
    }
}
