package io.makolb.model;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The rules that hold for reals that are down for a VIP. */
final class DownReals {

    private DownReals() {}

    /** A real that is down by its admin state is so already: nothing is noted beside that, and nothing stays after it. */
    static Configuration put(Configuration before, VipId vip, Address real) {
        VipEntry entry = before.require(vip);
        if (entry.allDownReals().containsKey(real)) {
            return before;
        }
        NavigableSet<Address> down = new TreeSet<>(entry.downReals());
        down.add(real);
        return before.with(check(entry.withDownReals(down), ""));
    }

    static Configuration delete(Configuration before, VipId vip, Address real) {
        VipEntry entry = before.require(vip);
        before.requireDownReal(vip, real);
        if (isDisabled(entry, real)) {
            throw new Refusal(
                    Reason.IN_USE,
                    "Real " + real + " is down for " + vip + " because it is DISABLED there.",
                    "Enable it: PATCH /api/v1/vips/" + vip + "/reals/" + real + " with {\"adminState\":\"ENABLED\"}.");
        }
        NavigableSet<Address> down = new TreeSet<>(entry.downReals());
        down.remove(real);
        return before.with(entry.withDownReals(down));
    }

    /** The same of each: so the set can be sent back as it was read. */
    static Configuration replace(Configuration before, VipId vip, List<Address> reals) {
        VipEntry entry = before.require(vip);
        NavigableSet<Address> down = new TreeSet<>();
        for (int i = 0; i < reals.size(); i++) {
            Address real = reals.get(i);
            if (!isDisabled(entry, real) || entry.downReals().contains(real)) {
                requireFit(real, vip, "/items/" + i);
                down.add(real);
            }
        }
        return before.with(check(entry.withDownReals(down), "/items"));
    }

    /** The attributes of a VIP may not take away what its down reals rest on. */
    static VipEntry keep(VipEntry entry) {
        if (!entry.downReals().isEmpty() && !entry.vip().migratesFlows()) {
            VipId vip = entry.vip().id();
            throw new Refusal(
                    Reason.IN_USE,
                    "VIP " + vip + " has " + entry.downReals().size()
                            + " down reals, which only mean something with the" + " flag UDP_FLOW_MIGRATION.",
                    "Keep the flag, or PUT /api/v1/vips/" + vip + "/down-reals with {\"items\":[]} first.");
        }
        return entry;
    }

    /** Checks the down reals of a VIP; {@code under}: where they stand. */
    static VipEntry check(VipEntry entry, String under) {
        VipId vip = entry.vip().id();
        if (!entry.downReals().isEmpty() && !entry.vip().migratesFlows()) {
            boolean udp = vip.protocol() == Protocol.UDP;
            throw Refusal.invalid(
                    under,
                    "no-migration",
                    "VIP " + vip + (udp ? " lacks the flag UDP_FLOW_MIGRATION" : " is not UDP")
                            + ": its flows stay with their reals, whether those are down or not.",
                    udp
                            ? "Give it the flag with PATCH /api/v1/vips/" + vip + "."
                            : "Leave down reals out; for TCP, disable the real, and its flows go on until they end.");
        }
        entry.downReals().forEach(real -> requireFit(real, vip, under));
        return entry;
    }

    private static void requireFit(Address real, VipId vip, String under) {
        try {
            Membership.requireFit(real, vip);
        } catch (Refusal refusal) {
            throw refusal.under(under);
        }
    }

    private static boolean isDisabled(VipEntry entry, Address real) {
        Membership membership = entry.members().get(real);
        return entry.vip().migratesFlows() && membership != null && membership.adminState() == AdminState.DISABLED;
    }
}
