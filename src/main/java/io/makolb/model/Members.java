package io.makolb.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The rules that hold for the reals of a VIP. */
final class Members {

    private Members() {}

    static Configuration put(Configuration before, VipId vip, List<Membership> upsert, Collection<Address> remove) {
        VipEntry entry = before.require(vip);
        NavigableMap<Address, Membership> members = new TreeMap<>((Map<Address, Membership>) entry.members());
        for (Membership membership : upsert) {
            members.put(membership.real(), membership);
        }
        for (Address real : remove) {
            members.remove(real);
        }
        return before.with(check(entry.with(members)));
    }

    static Configuration replace(Configuration before, VipId vip, List<Membership> members) {
        VipEntry entry = before.require(vip);
        NavigableMap<Address, Membership> replaced = new TreeMap<>();
        for (int i = 0; i < members.size(); i++) {
            Membership membership = members.get(i);
            if (replaced.putIfAbsent(membership.real(), membership) != null) {
                String message = "Real " + membership.real() + " stands twice in the set.";
                throw new Refusal(
                        Reason.DUPLICATE_MEMBER,
                        message,
                        "Name every real once.",
                        List.of(new Violation("/items/" + i + "/address", "duplicate", message)));
            }
        }
        return before.with(check(entry.with(replaced)));
    }

    static Membership require(Configuration configuration, VipId vip, Address real) {
        Membership membership = configuration.require(vip).members().get(real);
        if (membership == null) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "VIP " + vip + " exists, but " + real + " is not one of its reals.",
                    "List them with GET /api/v1/vips/" + vip + "/reals.");
        }
        return membership;
    }

    static VipEntry check(VipEntry entry) {
        for (Membership membership : entry.members().values()) {
            membership.requireFitFor(entry.vip().id());
        }
        return entry;
    }
}
