package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.Counted;
import io.makolb.model.EntryKind;
import io.makolb.model.Membership;
import io.makolb.model.RealAttributes;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneMeta;
import io.makolb.plane.VipImage;
import io.makolb.store.Loaded;
import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a store and a plane belong together, and what a plane says without a store. Pure. */
final class Adoption {

    private Adoption() {}

    /**
     * Why a plane must not be written to on behalf of a store; empty when it may.
     *
     * @param meta absent: nobody has claimed the plane
     */
    static String strangeness(Loaded loaded, Optional<PlaneMeta> meta, PlaneImage image) {
        if (meta.isEmpty()) {
            return "";
        }
        PlaneMeta owner = meta.get();
        if (!owner.storeId().equals(loaded.storeId())) {
            return image.vips().isEmpty()
                    ? ""
                    : "The kernel forwards for " + image.vips().size() + " VIPs of store " + owner.storeId()
                            + ", but the store here is " + loaded.storeId() + ".";
        }
        return owner.appliedRevision() > loaded.revision()
                ? "The kernel obeys revision " + owner.appliedRevision() + ", but the store is at " + loaded.revision()
                        + ": an older copy was restored."
                : "";
    }

    /** The configuration that a decision leads to. */
    static Configuration chosen(Balancer.AdoptFrom from, PlaneImage image, Configuration stored) {
        return from == Balancer.AdoptFrom.KERNEL ? fromKernel(image, stored) : stored;
    }

    /** The configuration a plane obeys. What no kernel knows (descriptions, labels, interface settings) comes from {@code known}. */
    static Configuration fromKernel(PlaneImage image, Configuration known) {
        TreeMap<VipId, VipEntry> vips = new TreeMap<>();
        image.vips().forEach((id, vip) -> vips.put(id, entry(vip, known.vips().get(id))));
        TreeMap<Address, RealAttributes> reals = new TreeMap<>();
        image.reals().forEach((address, real) -> reals.put(address, new RealAttributes(real.local())));
        return known.edit()
                .vips(vips)
                .reals(reals)
                .entries(known.entries()
                        .edit()
                        .replace(EntryKind.DECAP_DESTINATIONS, image.decapDestinations())
                        .replace(
                                EntryKind.HEALTHCHECK_KEYS,
                                counted(image.healthChecks().keys()))
                        .replace(
                                EntryKind.HEALTHCHECK_MARKS,
                                image.healthChecks().marks())
                        .freeze())
                .bulk(bulk(image, known))
                .done();
    }

    private static Map<VipId, Counted> counted(Set<VipId> keys) {
        Map<VipId, Counted> counted = new TreeMap<>();
        keys.forEach(key -> counted.put(key, Counted.COUNTED));
        return counted;
    }

    /** What the plane was not made to hold is known to the store alone. */
    private static BulkSets bulk(PlaneImage image, Configuration known) {
        BulkSets sets = known.bulk();
        for (BulkKind<?> kind : BulkKind.ALL) {
            if (image.limits().most(kind) > 0) {
                sets = sets.with(image.bulk().of(kind));
            }
        }
        return sets;
    }

    private static VipEntry entry(VipImage image, @Nullable VipEntry known) {
        Vip vip = new Vip(
                image.id(),
                flags(image.flags()),
                image.hashFunction(),
                image.onEmpty(),
                known == null ? "" : known.vip().description(),
                known == null ? new TreeMap<>() : known.vip().labels());
        TreeMap<Address, Membership> members = new TreeMap<>();
        image.members().forEach((address, member) -> {
            AdminState state = member.enabled() ? AdminState.ENABLED : AdminState.DISABLED;
            members.put(address, new Membership(address, member.weight(), state));
        });
        NavigableSet<Address> down = new TreeSet<>();
        if (vip.migratesFlows()) {
            NavigableSet<Address> said = known == null ? new TreeSet<>() : known.downReals();
            image.downReals().stream()
                    .filter(real -> isUp(members.get(real)) || said.contains(real))
                    .forEach(down::add);
        }
        VipEntry entry = new VipEntry(vip, members, down);
        return known != null && entry.equals(known) ? known : entry;
    }

    /** Of a real that is DISABLED nobody had to say that it is down. */
    private static boolean isUp(@Nullable Membership membership) {
        return membership == null || membership.adminState() == AdminState.ENABLED;
    }

    private static Set<VipFlag> flags(int bits) {
        Set<VipFlag> flags = EnumSet.noneOf(VipFlag.class);
        for (VipFlag flag : VipFlag.values()) {
            if ((bits & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
