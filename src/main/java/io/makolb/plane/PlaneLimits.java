package io.makolb.plane;

import io.makolb.model.BulkKind;
import io.makolb.model.ServerId;

/**
 * The sizes a plane was created with.
 *
 * @param maxVips VIPs, each with a number 0..maxVips-1
 * @param maxReals reals with indexes 1..maxReals-1
 * @param maxMemberships rows of "this real is in that VIP"
 * @param ringSize slots of a ring; prime
 * @param maxDecapDestinations addresses at which tunnels end
 * @param maxSourceRoutes networks of clients with a real of their own, of both families together; 0 = packets do not look for any
 */
public record PlaneLimits(
        int maxVips, int maxReals, int maxMemberships, int ringSize, int maxDecapDestinations, int maxSourceRoutes) {

    /** Marks that can have a real, as many as there can be reals. */
    public int maxHealthcheckMarks() {
        return maxReals;
    }

    /** Resources of a kind of which there can be millions. */
    public int most(BulkKind<?> kind) {
        return kind == BulkKind.SOURCE_ROUTES ? maxSourceRoutes : ServerId.MAX;
    }

    /** Destinations whose health checks can be counted, as many as there can be VIPs. */
    public int maxHealthcheckKeys() {
        return maxVips;
    }
}
