package io.makolb.model;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A VIP with its reals: the unit that one ring is built from.
 *
 * @param vip the VIP
 * @param members its reals by address
 * @param downReals reals that somebody said are down for it; they need not be members, because flows may know them still
 */
public record VipEntry(Vip vip, NavigableMap<Address, Membership> members, NavigableSet<Address> downReals) {

    public VipEntry(Vip vip, NavigableMap<Address, Membership> members, NavigableSet<Address> downReals) {
        this.vip = vip;
        this.members = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<Address, Membership>) members));
        this.downReals = Collections.unmodifiableNavigableSet(new TreeSet<>(downReals));
    }

    /** A VIP whose reals are up, as far as anybody said. */
    public VipEntry(Vip vip, NavigableMap<Address, Membership> members) {
        this(vip, members, Collections.emptyNavigableSet());
    }

    /** The same reals under changed attributes. */
    public VipEntry with(Vip changed) {
        return new VipEntry(changed, members, downReals);
    }

    /** The same VIP with other reals. */
    public VipEntry with(NavigableMap<Address, Membership> changed) {
        return new VipEntry(vip, changed, downReals);
    }

    /** The same VIP where somebody said otherwise of what is down. */
    public VipEntry withDownReals(NavigableSet<Address> changed) {
        return new VipEntry(vip, members, changed);
    }

    /** Every real that is down for this VIP, and why. A real of which somebody said so is down whatever its admin state. */
    public NavigableMap<Address, DownSource> allDownReals() {
        if (!vip.migratesFlows()) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<Address, DownSource> down = new TreeMap<>();
        for (Membership membership : members.values()) {
            if (membership.adminState() == AdminState.DISABLED) {
                down.put(membership.real(), DownSource.ADMIN_STATE);
            }
        }
        downReals.forEach(real -> down.put(real, DownSource.API));
        return down;
    }

    /** Every real that it names: the kernel must know each of them. */
    public NavigableSet<Address> reals() {
        if (downReals.isEmpty()) {
            return members.navigableKeySet();
        }
        NavigableSet<Address> all = new TreeSet<>(members.keySet());
        all.addAll(downReals);
        return all;
    }
}
