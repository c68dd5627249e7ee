package io.makolb.plane;

/**
 * The sizes a plane was created with.
 *
 * @param maxVips VIPs, each with a number 0..maxVips-1
 * @param maxReals reals with indexes 1..maxReals-1
 * @param maxMemberships rows of "this real is in that VIP"
 * @param ringSize slots of a ring; prime
 * @param maxDecapDestinations addresses at which tunnels end
 */
public record PlaneLimits(int maxVips, int maxReals, int maxMemberships, int ringSize, int maxDecapDestinations) {

    /** Marks that can have a real, as many as there can be reals. */
    public int maxHealthcheckMarks() {
        return maxReals;
    }

    /** Destinations whose health checks can be counted, as many as there can be VIPs. */
    public int maxHealthcheckKeys() {
        return maxVips;
    }
}
