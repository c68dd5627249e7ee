package io.makolb.balancer;

import io.makolb.model.VipId;
import java.util.NavigableMap;

/**
 * What a change does to traffic.
 *
 * @param vips VIPs whose ring changes
 */
public record Effect(NavigableMap<VipId, RingEffect> vips) {

    /**
     * How a ring changes.
     *
     * @param slots slots of the ring
     * @param moved slots that lead to another real afterwards: the share of new flows that is placed differently
     */
    public record RingEffect(int slots, int moved) {}
}
