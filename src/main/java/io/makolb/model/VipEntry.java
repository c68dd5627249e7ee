package io.makolb.model;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A VIP with its reals: the unit that one ring is built from.
 *
 * @param vip the VIP
 * @param members its reals by address
 */
public record VipEntry(Vip vip, NavigableMap<Address, Membership> members) {

    public VipEntry(Vip vip, NavigableMap<Address, Membership> members) {
        this.vip = vip;
        this.members = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<Address, Membership>) members));
    }

    /** The same reals under changed attributes. */
    public VipEntry with(Vip changed) {
        return new VipEntry(changed, members);
    }
}
