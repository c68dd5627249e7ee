package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.VipId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A VIP as the kernel knows it.
 *
 * @param id what clients connect to
 * @param number its number in the kernel
 * @param flags bits of {@link io.makolb.model.VipFlag}
 * @param hashFunction how its ring is generated
 * @param onEmpty what happens without a ring
 * @param members its reals
 * @param downReals reals that UDP flows leave; each has an index, and need not be a member
 * @param ringRecipe digest of what its ring was built from ({@link RingRecipe}); 0 = no ring
 */
public record VipImage(
        VipId id,
        int number,
        int flags,
        HashFunction hashFunction,
        OnEmpty onEmpty,
        NavigableMap<Address, MemberImage> members,
        NavigableSet<Address> downReals,
        long ringRecipe) {

    public VipImage(
            VipId id,
            int number,
            int flags,
            HashFunction hashFunction,
            OnEmpty onEmpty,
            NavigableMap<Address, MemberImage> members,
            NavigableSet<Address> downReals,
            long ringRecipe) {
        this.id = id;
        this.number = number;
        this.flags = flags;
        this.hashFunction = hashFunction;
        this.onEmpty = onEmpty;
        this.members = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<Address, MemberImage>) members));
        this.downReals = Collections.unmodifiableNavigableSet(new TreeSet<>(downReals));
        this.ringRecipe = ringRecipe;
    }
}
