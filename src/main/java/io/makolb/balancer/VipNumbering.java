package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.Configuration;
import io.makolb.model.Membership;
import io.makolb.model.OnEmpty;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.plane.MemberImage;
import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneFullException.Limit;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.RealImage;
import io.makolb.plane.RingRecipe;
import io.makolb.plane.VipImage;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which VIP has which number, and what the kernel is to know of it.
 *
 * @param live VIPs of the configuration
 * @param retired numbers of those that are gone
 */
record VipNumbering(NavigableMap<VipId, VipImage> live, NavigableMap<VipId, Integer> retired) {

    static VipNumbering of(
            Configuration wanted,
            Configuration before,
            PlaneImage current,
            RealNumbering reals,
            Retirement retirement) {
        NavigableMap<VipId, Integer> retired = new TreeMap<>((Map<VipId, Integer>) current.retiredVips());
        retired.values().removeIf(retirement.reclaimed().vipNumbers()::contains);
        Numbers numbers = new Numbers(Limit.VIPS, "VIPs", 0, current.limits().maxVips());
        numbers.requireRoom(current.vips().size(), wanted.vips().size(), entering(current, wanted));
        if (!retirement.lend()) {
            numbers.without(retired.values());
        }
        SideBySide.walk(current.vips(), wanted.vips(), (id, was, is) -> {
            if (was != null) {
                if (is != null || !retirement.lend()) {
                    numbers.take(was.number());
                }
                if (is == null) {
                    retired.put(id, was.number());
                }
            }
        });
        NavigableMap<VipId, VipImage> live = new TreeMap<>();
        for (VipEntry entry : wanted.vips().values()) {
            VipId id = entry.vip().id();
            VipImage was = current.vips().get(id);
            if (was != null && SideBySide.same(before.vips().get(id), entry)) {
                live.put(id, was);
            } else {
                live.put(id, image(entry, was, current, reals, number(id, was, retired, numbers, retirement)));
            }
        }
        requireMemberships(live.values(), current);
        return new VipNumbering(live, retired);
    }

    private static int entering(PlaneImage current, Configuration wanted) {
        int entering = 0;
        for (VipId id : wanted.vips().keySet()) {
            if (!current.vips().containsKey(id)) {
                entering++;
            }
        }
        return entering;
    }

    private static int number(
            VipId id,
            @Nullable VipImage was,
            NavigableMap<VipId, Integer> retired,
            Numbers numbers,
            Retirement retirement) {
        if (was != null) {
            return was.number();
        }
        Integer former = retired.remove(id);
        if (former != null && retirement.busyVips().contains(former)) {
            throw new NumbersRetiredException("Connections of " + id + " are being purged.");
        }
        return former == null || retirement.lend() ? numbers.next() : former;
    }

    private static VipImage image(
            VipEntry entry, @Nullable VipImage was, PlaneImage current, RealNumbering reals, int number) {
        NavigableMap<Address, MemberImage> members = new TreeMap<>();
        for (Membership member : entry.members().values()) {
            RealImage real = reals.live().get(member.real());
            if (real == null) {
                throw new IllegalStateException(
                        "real " + member.real() + " of " + entry.vip().id() + " has no index");
            }
            boolean enabled = member.adminState() == AdminState.ENABLED;
            members.put(member.real(), new MemberImage(real.index(), member.weight(), enabled));
        }
        Vip vip = entry.vip();
        long recipe = RingRecipe.digest(vip.hashFunction(), current.limits().ringSize(), members);
        if (recipe == 0 && vip.onEmpty() == OnEmpty.KEEP && was != null) {
            recipe = was.ringRecipe();
        }
        return new VipImage(
                vip.id(),
                number,
                vip.flagBits(),
                vip.hashFunction(),
                vip.onEmpty(),
                members,
                entry.allDownReals().navigableKeySet(),
                recipe);
    }

    private static void requireMemberships(Collection<VipImage> live, PlaneImage current) {
        int wanted = 0;
        for (VipImage vip : live) {
            wanted += vip.members().size();
        }
        int size = current.limits().maxMemberships();
        if (wanted > size) {
            throw new PlaneFullException(
                    Limit.MEMBERSHIPS,
                    current.memberships(),
                    size,
                    "The plane has room for " + size + " reals in VIPs, not for " + wanted + ".",
                    0);
        }
    }
}
