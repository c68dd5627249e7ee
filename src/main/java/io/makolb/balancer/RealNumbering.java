package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.RealAttributes;
import io.makolb.model.VipEntry;
import io.makolb.plane.PlaneFullException.Limit;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.RealImage;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which real has which index: those in use keep theirs, or get back the retired one, or get the lowest free one.
 *
 * @param live reals that a VIP names, or that a server id or source route leads to
 * @param retired indexes of those that were
 */
record RealNumbering(NavigableMap<Address, RealImage> live, NavigableMap<Address, Integer> retired) {

    /** Index 0 means "no real" in the kernel. */
    private static final int FIRST = 1;

    /** Above so many removals, counting all memberships anew is cheaper than asking every VIP for each of them. */
    private static final int FEW = 16;

    /**
     * Numbers reals.
     *
     * @param bulk server ids and source routes that packets will obey; their reals are in use like those of VIPs
     */
    static RealNumbering of(
            Configuration wanted,
            BulkSets bulk,
            Configuration before,
            PlaneImage current,
            boolean related,
            Retirement retirement) {
        NavigableMap<Address, RealImage> live = new TreeMap<>((Map<Address, RealImage>) current.reals());
        NavigableMap<Address, Integer> retired = new TreeMap<>((Map<Address, Integer>) current.retiredReals());
        retired.values().removeIf(retirement.reclaimed().realIndexes()::contains);
        NavigableSet<Address> entering = new TreeSet<>();
        NavigableSet<Address> leaving = new TreeSet<>();
        sort(wanted, bulk, before, current, related, entering, leaving);

        Numbers numbers =
                new Numbers(Limit.REALS, "reals", FIRST, current.limits().maxReals());
        numbers.requireRoom(live.size(), live.size() - leaving.size() + entering.size(), entering.size());
        for (RealImage real : live.values()) {
            numbers.take(real.index());
        }
        if (!retirement.lend()) {
            numbers.without(retired.values());
        }
        for (Address address : leaving) {
            RealImage left = live.remove(address);
            if (left != null) {
                retired.put(address, left.index());
                if (retirement.lend()) {
                    numbers.release(left.index());
                }
            }
        }
        for (Address address : entering) {
            Integer former = retired.remove(address);
            if (former != null && retirement.busyReals().contains(former)) {
                throw new NumbersRetiredException("Connections to " + address + " are being purged.");
            }
            int index = former == null || retirement.lend() ? numbers.next() : former;
            live.put(address, new RealImage(index, local(wanted, address)));
        }
        if (!wanted.reals().equals(before.reals()) || !related) {
            live.replaceAll((address, real) -> new RealImage(real.index(), local(wanted, address)));
        }
        return new RealNumbering(live, retired);
    }

    private static boolean local(Configuration wanted, Address address) {
        return wanted.reals().getOrDefault(address, RealAttributes.DEFAULT).local();
    }

    private static void sort(
            Configuration wanted,
            BulkSets bulk,
            Configuration before,
            PlaneImage current,
            boolean related,
            NavigableSet<Address> entering,
            NavigableSet<Address> leaving) {
        NavigableSet<Address> gone = new TreeSet<>();
        if (related) {
            SideBySide.walk(before.vips(), wanted.vips(), (id, was, is) -> {
                if (!SideBySide.same(was, is)) {
                    NavigableSet<Address> named = is == null ? new TreeSet<>() : is.reals();
                    entering.addAll(named);
                    if (was != null) {
                        gone.addAll(was.reals());
                        gone.removeAll(named);
                    }
                }
            });
            Set<Address> were = before.bulk().reals();
            Set<Address> are = bulk.reals();
            entering.addAll(are);
            were.stream().filter(real -> !are.contains(real)).forEach(gone::add);
        }
        if (!related || gone.size() > FEW) {
            NavigableSet<Address> used = used(wanted.vips().values());
            used.addAll(bulk.reals());
            entering.clear();
            entering.addAll(used);
            leaving.addAll(current.reals().keySet());
            leaving.removeAll(used);
        } else {
            for (Address address : gone) {
                if (!bulk.leadTo(address) && !isUsed(wanted.vips().values(), address)) {
                    leaving.add(address);
                }
            }
        }
        entering.removeAll(current.reals().keySet());
    }

    private static NavigableSet<Address> used(Collection<VipEntry> entries) {
        NavigableSet<Address> used = new TreeSet<>();
        for (VipEntry entry : entries) {
            used.addAll(entry.reals());
        }
        return used;
    }

    private static boolean isUsed(Collection<VipEntry> entries, Address address) {
        for (VipEntry entry : entries) {
            if (entry.reals().contains(address)) {
                return true;
            }
        }
        return false;
    }
}
