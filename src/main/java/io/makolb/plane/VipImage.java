package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.VipId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A VIP as the kernel knows it.
 *
 * @param id what clients connect to
 * @param number its number in the kernel
 * @param flags bits of {@link io.makolb.model.VipFlag}
 * @param hashFunction how its ring is generated
 * @param onEmpty what happens without a ring
 * @param members its reals
 * @param ringRecipe digest of what its ring was built from ({@link RingRecipe}); 0 = no ring
 */
public record VipImage(
        VipId id,
        int number,
        int flags,
        HashFunction hashFunction,
        OnEmpty onEmpty,
        NavigableMap<Address, MemberImage> members,
        long ringRecipe) {

    public VipImage(
            VipId id,
            int number,
            int flags,
            HashFunction hashFunction,
            OnEmpty onEmpty,
            NavigableMap<Address, MemberImage> members,
            long ringRecipe) {
        this.id = id;
        this.number = number;
        this.flags = flags;
        this.hashFunction = hashFunction;
        this.onEmpty = onEmpty;
        this.members = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<Address, MemberImage>) members));
        this.ringRecipe = ringRecipe;
    }
}
