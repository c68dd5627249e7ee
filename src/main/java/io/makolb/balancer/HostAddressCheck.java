package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.Configuration;
import io.makolb.model.RealAttributes;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.Violation;
import io.makolb.model.VipEntry;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import java.util.List;
import java.util.Set;

/**
 * Keeps the operator from taking the machine off the net: a VIP for every port of the machine's own address would swallow ssh,
 * and a real that is the machine itself would get its packets back for ever, except those that are left to it as they came.
 */
final class HostAddressCheck implements AdmissionCheck {

    private final HostAddresses addresses;

    HostAddressCheck(HostAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void check(Configuration after, List<Difference> differences, boolean force) {
        Set<Address> own = addresses.now();
        for (Difference difference : differences) {
            requireElsewhere(difference, after, own);
            requireStillHere(difference, after, own);
            if (difference.kind() != Difference.Kind.CREATED) {
                continue;
            }
            if (difference.resource() instanceof ResourceKey.OfVip vip && !force) {
                requireReachable(vip.vip(), own);
            } else if (difference.resource() instanceof ResourceKey.OfMembership member
                    && own.contains(member.real())
                    && !staysHere(after, after.require(member.vip()), member.real())) {
                throw loop(member.real(), "/address", orLocal(member.real()));
            }
        }
    }

    /** Reals that are this machine may be in use as long as packets are left to it; what says so cannot go before them. */
    private static void requireStillHere(Difference difference, Configuration after, Set<Address> own) {
        if (difference.resource() instanceof ResourceKey.OfVip vip && difference.kind() == Difference.Kind.CHANGED) {
            VipEntry entry = after.require(vip.vip());
            for (Address real : entry.members().keySet()) {
                if (own.contains(real) && isLocal(after, real) && !staysHere(after, entry, real)) {
                    throw loop(real, "/flags", "Take it out of the VIP first, or keep the flag LOCAL_VIP.");
                }
            }
        } else if (difference.resource() instanceof ResourceKey.OfReal of
                && own.contains(of.real())
                && !isLocal(after, of.real())
                && after.uses(of.real())) {
            throw loop(
                    of.real(), "/local", "Take it out of VIPs, source routes and server ids first, or keep it local.");
        }
    }

    private static boolean staysHere(Configuration after, VipEntry entry, Address real) {
        return entry.vip().flags().contains(VipFlag.LOCAL_VIP) && isLocal(after, real);
    }

    private static boolean isLocal(Configuration after, Address real) {
        return after.reals().getOrDefault(real, RealAttributes.DEFAULT).local();
    }

    /** Reals that server ids and source routes lead to. They hold for all VIPs, so the real alone has to say that it is here. */
    private static void requireElsewhere(Difference difference, Configuration after, Set<Address> own) {
        if (difference.resource() instanceof ResourceKey.OfBulkEntry entry) {
            Address real = after.bulk().of(entry.kind()).table().get(entry.key());
            if (real != null && own.contains(real) && !isLocal(after, real)) {
                throw loop(real, "/real", orLocal(real));
            }
        } else if (difference.resource() instanceof ResourceKey.OfBulk all
                && !difference.summary().isEmpty()) {
            for (Address real : after.bulk().of(all.kind()).reals()) {
                if (own.contains(real) && !isLocal(after, real)) {
                    throw loop(real, "", orLocal(real));
                }
            }
        }
    }

    private static String orLocal(Address real) {
        return "Give the address of another machine. Or leave its packets to this one: PUT /api/v1/reals/" + real
                + " with {\"local\":true}, and give the VIP the flag LOCAL_VIP.";
    }

    private static Refusal loop(Address real, String pointer, String remedy) {
        return Refusal.invalid(
                pointer,
                "own-address",
                "Real " + real + " is an address of the balancer itself: its packets would loop.",
                remedy);
    }

    private static void requireReachable(VipId vip, Set<Address> own) {
        if (vip.port() != 0 && vip.isHost()) {
            return;
        }
        for (Address address : own) {
            if (vip.prefix().contains(address)) {
                String what = "VIP " + vip + " covers " + address + ", an address of the balancer itself: "
                        + "its own connections, ssh among them, would be forwarded to the reals.";
                throw new Refusal(
                        Reason.IN_USE,
                        what,
                        "Use an address the machine does not have, or repeat with ?force=true.",
                        List.of(new Violation("/address", "own-address", what)));
            }
        }
    }
}
