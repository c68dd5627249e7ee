package io.makolb.model;

/**
 * A real in a VIP.
 *
 * @param real the real's address
 * @param weight its share of new flows relative to the others, 0..{@value #MAX_WEIGHT}; 0 = none
 * @param adminState DISABLED counts as weight 0
 */
public record Membership(Address real, int weight, AdminState adminState) {

    /** Highest weight. */
    public static final int MAX_WEIGHT = 1_000_000;

    public Membership {
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw Refusal.invalid(
                    "/weight",
                    "out-of-range",
                    "Weight " + weight + " is out of range.",
                    "Use 0 to " + MAX_WEIGHT + "; 0 takes no new flows.");
        }
    }

    /** The weight that counts for the ring. */
    public int effectiveWeight() {
        return adminState == AdminState.ENABLED ? weight : 0;
    }
}
