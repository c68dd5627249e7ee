package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.Configuration;
import io.makolb.model.RealAttributes;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.Violation;
import io.makolb.plane.PlaneFeatures;
import java.util.List;

/** Refuses what the forwarding program was loaded without. */
final class FeatureCheck implements AdmissionCheck {

    private final List<String> interfaces;
    private final PlaneFeatures features;

    /** Interfaces are the ones of the properties. */
    FeatureCheck(List<String> interfaces, PlaneFeatures features) {
        this.interfaces = List.copyOf(interfaces);
        this.features = features;
    }

    @Override
    public void check(Configuration after, List<Difference> differences, boolean force) {
        for (Difference difference : differences) {
            if (difference.kind() == Difference.Kind.DELETED) {
                continue;
            }
            ResourceKey resource = difference.resource();
            if (resource instanceof ResourceKey.OfVip vip && !vip.vip().isHost()) {
                throw off(
                        "/prefixLength",
                        "VIP " + vip.vip() + " is a prefix, and Mako does not have prefix VIPs yet.",
                        "Make a VIP of each address; port 0 stands for every port.");
            }
            if (resource instanceof ResourceKey.OfMembership member) {
                requireSource(member.real());
            }
            if (resource instanceof ResourceKey.OfReal real && isLocal(after, real.real())) {
                throw off(
                        "/local",
                        "Real " + real.real() + " is to be local, and Mako does not deliver to its own machine yet.",
                        "Leave 'local' out, or send false.");
            }
            if (resource instanceof ResourceKey.OfInterface named && !interfaces.contains(named.name())) {
                throw new Refusal(
                        Reason.NOT_FOUND,
                        "Mako does not serve an interface " + named.name() + ".",
                        "Use one of " + interfaces + ", or add it to mako.dataplane.interfaces and restart.");
            }
        }
    }

    private void requireSource(Address real) {
        if (!features.reaches(real.ipv6())) {
            String family = real.ipv6() ? "6" : "4";
            String message = "Real " + real + " cannot be reached: GUE over IPv" + family
                    + " needs an address that packets come from, and the interface had no permanent global one at start.";
            throw new Refusal(
                    Reason.FEATURE_OFF,
                    message,
                    "Set mako.forwarding.encap-source-v" + family + " to an address of this machine and restart Mako.",
                    List.of(new Violation("/address", "feature-off", message)));
        }
    }

    private static boolean isLocal(Configuration configuration, Address real) {
        return configuration.reals().getOrDefault(real, RealAttributes.DEFAULT).local();
    }

    private static Refusal off(String pointer, String message, String remedy) {
        return new Refusal(
                Reason.FEATURE_OFF, message, remedy, List.of(new Violation(pointer, "feature-off", message)));
    }
}
