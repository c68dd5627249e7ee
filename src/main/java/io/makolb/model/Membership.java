package io.makolb.model;

import java.util.List;

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

    /**
     * Checks that this real can serve a VIP.
     *
     * @throws Refusal {@link Reason#WRONG_FAMILY}, or {@link Reason#INVALID_VALUE} when it is the VIP itself
     */
    public void requireFitFor(VipId vip) {
        requireFit(real, vip);
    }

    static void requireFit(Address real, VipId vip) {
        if (vip.address().ipv6() && !real.ipv6()) {
            throw new Refusal(
                    Reason.WRONG_FAMILY,
                    "VIP " + vip + " is IPv6 and real " + real + " is IPv4: there is no encapsulation for that.",
                    "Give the real's IPv6 address, or put the real into an IPv4 VIP.",
                    List.of(new Violation("/address", "wrong-family", real + " is an IPv4 address.")));
        }
        if (real.equals(vip.address())) {
            throw Refusal.invalid(
                    "/address",
                    "real-is-vip",
                    "Real " + real + " is the VIP's own address: its packets would come back for ever.",
                    "Give the address under which the server itself is reached.");
        }
    }

    /** The weight that counts for the ring. */
    public int effectiveWeight() {
        return adminState == AdminState.ENABLED ? weight : 0;
    }
}
