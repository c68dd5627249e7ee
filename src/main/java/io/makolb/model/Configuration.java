package io.makolb.model;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything the operator wants, and nothing else: no status, no numbers the kernel chose, no revisions.
 *
 * @param vips by identity
 * @param reals attributes that differ from {@link RealAttributes#DEFAULT}
 * @param interfaces settings that differ from {@link InterfaceSettings#DEFAULT}, by interface name
 * @param attached whether the program should be attached to the interfaces
 */
public record Configuration(
        NavigableMap<VipId, VipEntry> vips,
        NavigableMap<Address, RealAttributes> reals,
        NavigableMap<String, InterfaceSettings> interfaces,
        boolean attached) {

    /** A balancer that nobody has configured. */
    public static final Configuration EMPTY =
            new Configuration(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), true);

    public Configuration(
            NavigableMap<VipId, VipEntry> vips,
            NavigableMap<Address, RealAttributes> reals,
            NavigableMap<String, InterfaceSettings> interfaces,
            boolean attached) {
        this.vips = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<VipId, VipEntry>) vips));
        TreeMap<Address, RealAttributes> kept = new TreeMap<>((Map<Address, RealAttributes>) reals);
        kept.values().removeIf(RealAttributes.DEFAULT::equals);
        this.reals = Collections.unmodifiableNavigableMap(kept);
        TreeMap<String, InterfaceSettings> set = new TreeMap<>((Map<String, InterfaceSettings>) interfaces);
        set.values().removeIf(InterfaceSettings.DEFAULT::equals);
        this.interfaces = Collections.unmodifiableNavigableMap(set);
        this.attached = attached;
    }

    /** The same configuration with one VIP put or replaced. */
    public Configuration with(VipEntry entry) {
        TreeMap<VipId, VipEntry> changed = new TreeMap<>((Map<VipId, VipEntry>) vips);
        changed.put(entry.vip().id(), entry);
        return new Configuration(changed, reals, interfaces, attached);
    }

    /** The same configuration without a VIP. */
    public Configuration without(VipId id) {
        TreeMap<VipId, VipEntry> changed = new TreeMap<>((Map<VipId, VipEntry>) vips);
        changed.remove(id);
        return new Configuration(changed, reals, interfaces, attached);
    }

    /**
     * A VIP that must exist.
     *
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public VipEntry require(VipId id) {
        VipEntry entry = vips.get(id);
        if (entry == null) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "There is no VIP " + id + ".",
                    "List the VIPs with GET /api/v1/vips, or create this one with PUT /api/v1/vips/" + id + ".");
        }
        return entry;
    }

    /**
     * A real that must exist: in a VIP, or with attributes of its own.
     *
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public Address require(Address real) {
        if (!reals.containsKey(real)
                && vips.values().stream().noneMatch(entry -> entry.members().containsKey(real))) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "No VIP uses " + real + ", and nothing else is known of it.",
                    "List the reals with GET /api/v1/reals, or put it into a VIP.");
        }
        return real;
    }

    /** Every real that exists: in a VIP, or with attributes of its own. */
    public NavigableSet<Address> allReals() {
        NavigableSet<Address> all = new TreeSet<>(reals.keySet());
        for (VipEntry entry : vips.values()) {
            all.addAll(entry.members().keySet());
        }
        return all;
    }
}
