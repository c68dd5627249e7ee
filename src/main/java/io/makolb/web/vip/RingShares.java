package io.makolb.web.vip;

import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.MemberImage;
import io.makolb.plane.VipImage;
import io.makolb.ring.AddressHash;
import io.makolb.ring.Endpoint;
import io.makolb.ring.Ring;
import io.makolb.ring.RingBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What share of new flows each real of a VIP gets. A ring takes milliseconds to build, and equal recipes make equal rings, so the
 * shares of those that were asked for last are kept.
 */
@Component
public final class RingShares {

    private static final int KEPT = 512;
    private static final double PERCENT = 100;

    private final Map<Long, Map<Integer, Integer>> slotsByRecipe = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<Integer, Integer>> eldest) {
            return size() > KEPT;
        }
    };

    RingShares() {}

    /** Percent of the ring's slots that lead to a real, with two decimals; 0 where there is no ring or no such real. */
    public double percent(Snapshot snapshot, VipId id, Address real) {
        VipImage vip = snapshot.image().vips().get(id);
        MemberImage member = vip == null ? null : vip.members().get(real);
        if (vip == null || member == null || vip.ringRecipe() == 0 || member.effectiveWeight() == 0) {
            return 0;
        }
        int size = snapshot.image().limits().ringSize();
        int slots = slots(vip, size).getOrDefault(member.index(), 0);
        return Math.round(PERCENT * PERCENT * slots / size) / PERCENT;
    }

    private synchronized Map<Integer, Integer> slots(VipImage vip, int size) {
        return slotsByRecipe.computeIfAbsent(
                vip.ringRecipe(), recipe -> ring(vip, size).shares());
    }

    /** The ring of a VIP that has a real with a weight. */
    static Ring ring(VipImage vip, int size) {
        List<Endpoint> endpoints = new ArrayList<>();
        vip.members()
                .forEach((real, member) -> endpoints.add(
                        new Endpoint(member.index(), member.effectiveWeight(), AddressHash.of(real.toBytes()))));
        return new RingBuilder().build(vip.hashFunction(), endpoints, size);
    }
}
