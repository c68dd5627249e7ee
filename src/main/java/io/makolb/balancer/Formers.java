package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.Configuration;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.Membership;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.store.Former;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a change replaced. */
final class Formers {

    private final Configuration before;
    private final Map<VipId, Map<Address, Optional<Membership>>> members = new HashMap<>();
    private final Map<VipId, Map<Address, Boolean>> downReals = new HashMap<>();
    private final Map<VipId, Optional<Vip>> attributes = new HashMap<>();
    private final Map<Address, RealAttributes> reals = new HashMap<>();
    private final Map<String, InterfaceSettings> interfaces = new HashMap<>();
    private final Map<ResourceKey.OfEntry, Optional<Object>> entries = new HashMap<>();
    private Optional<Boolean> attached = Optional.empty();

    private Formers(Configuration before) {
        this.before = before;
    }

    /**
     * What was replaced.
     *
     * @param differences to the configuration that followed
     */
    static Former of(List<Difference> differences, Configuration before) {
        Formers formers = new Formers(before);
        for (Difference difference : differences) {
            formers.add(difference.resource());
        }
        return formers.collected();
    }

    private void add(ResourceKey resource) {
        if (resource instanceof ResourceKey.OfVip vip) {
            VipEntry entry = before.vips().get(vip.vip());
            attributes.put(vip.vip(), Optional.ofNullable(entry).map(VipEntry::vip));
        } else if (resource instanceof ResourceKey.OfMembership membership) {
            VipEntry entry = before.vips().get(membership.vip());
            if (entry != null) {
                members.computeIfAbsent(membership.vip(), id -> new HashMap<>())
                        .put(
                                membership.real(),
                                Optional.ofNullable(entry.members().get(membership.real())));
            }
        } else if (resource instanceof ResourceKey.OfDownReal down) {
            VipEntry entry = before.vips().get(down.vip());
            if (entry != null) {
                downReals
                        .computeIfAbsent(down.vip(), id -> new HashMap<>())
                        .put(down.real(), entry.downReals().contains(down.real()));
            }
        } else if (resource instanceof ResourceKey.OfReal real) {
            reals.put(real.real(), before.reals().getOrDefault(real.real(), RealAttributes.DEFAULT));
        } else if (resource instanceof ResourceKey.OfInterface named) {
            interfaces.put(named.name(), before.interfaces().getOrDefault(named.name(), InterfaceSettings.DEFAULT));
        } else if (resource instanceof ResourceKey.OfEntry entry) {
            entries.put(entry, Optional.ofNullable(before.entries().get(entry.kind(), entry.key())));
        } else if (resource instanceof ResourceKey.OfAttachment) {
            attached = Optional.of(before.attached());
        }
    }

    private Former collected() {
        Map<VipId, Optional<Former.OfVip>> vips = new HashMap<>();
        attributes.forEach((id, vip) -> vips.put(id, vip.map(was -> of(id, vip))));
        members.keySet().forEach(id -> vips.putIfAbsent(id, Optional.of(of(id, Optional.empty()))));
        downReals.keySet().forEach(id -> vips.putIfAbsent(id, Optional.of(of(id, Optional.empty()))));
        return new Former(vips, reals, interfaces, entries, attached);
    }

    private Former.OfVip of(VipId id, Optional<Vip> was) {
        return new Former.OfVip(was, members.getOrDefault(id, Map.of()), downReals.getOrDefault(id, Map.of()));
    }
}
