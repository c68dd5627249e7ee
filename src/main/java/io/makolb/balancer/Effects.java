package io.makolb.balancer;

import io.makolb.balancer.Effect.RingEffect;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.VipImage;
import io.makolb.ring.AddressHash;
import io.makolb.ring.Endpoint;
import io.makolb.ring.Ring;
import io.makolb.ring.RingBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the way from one image to another does to new flows. */
final class Effects {

    private final RingBuilder builder = new RingBuilder();

    Effect between(PlaneImage before, PlaneImage after) {
        int slots = after.limits().ringSize();
        NavigableMap<VipId, RingEffect> vips = new TreeMap<>();
        SideBySide.walk(before.vips(), after.vips(), (id, was, is) -> {
            long recipeBefore = was == null ? 0 : was.ringRecipe();
            long recipeAfter = is == null ? 0 : is.ringRecipe();
            if (recipeBefore != recipeAfter) {
                vips.put(id, new RingEffect(slots, moved(was, is, slots)));
            }
        });
        return new Effect(vips);
    }

    private int moved(@Nullable VipImage was, @Nullable VipImage is, int slots) {
        if (was == null || is == null || was.ringRecipe() == 0 || is.ringRecipe() == 0) {
            return slots;
        }
        Map<Address, Integer> numbers = new HashMap<>();
        return ring(is, numbers, slots).slotsChangedFrom(ring(was, numbers, slots));
    }

    /**
     * A kept ring cannot be built again, because its reals are gone: whatever comes after it moves every slot.
     *
     * @param numbers stand for the addresses in both rings. The indexes of the images would not do: a preview lends the index of
     *     a real that leaves to one that comes, and a slot that changes from one to the other would seem unchanged.
     */
    private Ring ring(VipImage vip, Map<Address, Integer> numbers, int slots) {
        List<Endpoint> endpoints = new ArrayList<>();
        vip.members().forEach((address, member) -> {
            int number = numbers.computeIfAbsent(address, any -> numbers.size() + 1);
            endpoints.add(new Endpoint(number, member.effectiveWeight(), AddressHash.of(address.toBytes())));
        });
        return builder.build(vip.hashFunction(), endpoints, slots);
    }
}
