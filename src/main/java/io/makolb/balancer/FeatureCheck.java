package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.Configuration;
import io.makolb.model.EntryKind;
import io.makolb.model.RealAttributes;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.Violation;
import io.makolb.model.Vip;
import io.makolb.model.VipFlag;
import io.makolb.plane.HealthCheckEncapsulation;
import io.makolb.plane.HealthCheckFacts;
import io.makolb.plane.PlaneFeatures;
import java.util.List;

/** Refuses what the forwarding program was loaded without. */
final class FeatureCheck implements AdmissionCheck {

    private final List<String> interfaces;
    private final PlaneFeatures features;
    private final HealthCheckFacts healthChecks;
    private final List<FlagSwitch> switches;

    /** A flag that has an effect only while its property is on. */
    private record FlagSwitch(VipFlag flag, boolean on, String property) {}

    /** Interfaces are the ones of the properties. */
    FeatureCheck(List<String> interfaces, PlaneFeatures features, HealthCheckFacts healthChecks) {
        this.interfaces = List.copyOf(interfaces);
        this.features = features;
        this.healthChecks = healthChecks;
        this.switches = List.of(
                new FlagSwitch(
                        VipFlag.UDP_STABLE_ROUTING, features.udpStableRouting(), "mako.forwarding.udp-stable-routing"),
                new FlagSwitch(
                        VipFlag.GLOBAL_LRU,
                        features.globalConnectionTable(),
                        "mako.forwarding.global-connection-table"),
                new FlagSwitch(VipFlag.SRC_ROUTING, features.sourceRouting(), "mako.forwarding.source-routing"),
                new FlagSwitch(VipFlag.LOCAL_VIP, features.localDelivery(), "mako.forwarding.local-delivery"));
    }

    @Override
    public void check(Configuration after, List<Difference> differences, boolean force) {
        for (Difference difference : differences) {
            if (difference.kind() == Difference.Kind.DELETED) {
                continue;
            }
            ResourceKey resource = difference.resource();
            if (resource instanceof ResourceKey.OfVip vip && !vip.vip().isHost() && !features.prefixVips()) {
                throw off(
                        "/prefixLength",
                        "VIP " + vip.vip() + " is a prefix, and VIPs that are prefixes are switched off.",
                        "Set mako.forwarding.prefix-vips=true and restart Mako, or make a VIP of each address.");
            }
            if (resource instanceof ResourceKey.OfVip vip) {
                requireEffect(after.require(vip.vip()).vip());
            }
            if (resource instanceof ResourceKey.OfMembership member) {
                requireSource(member.real(), "/address");
            }
            if (resource instanceof ResourceKey.OfReal real && isLocal(after, real.real())) {
                requireLocalDelivery(real.real());
            }
            if (resource instanceof ResourceKey.OfBulkEntry entry) {
                requireLookedFor(entry.kind());
                Address real = after.bulk().of(entry.kind()).table().get(entry.key());
                if (real != null) {
                    requireSource(real, "/real");
                }
            }
            if (resource instanceof ResourceKey.OfBulk all
                    && !difference.summary().isEmpty()) {
                BulkSet<?> set = after.bulk().of(all.kind());
                if (set.size() > 0) {
                    requireLookedFor(all.kind());
                }
                set.reals().forEach(real -> requireSource(real, ""));
            }
            if (resource instanceof ResourceKey.OfEntry entry) {
                check(entry, after);
            }
            if (resource instanceof ResourceKey.OfInterface named && !interfaces.contains(named.name())) {
                throw new Refusal(
                        Reason.NOT_FOUND,
                        "Mako does not serve an interface " + named.name() + ".",
                        "Use one of " + interfaces + ", or add it to mako.dataplane.interfaces and restart.");
            }
        }
    }

    private void check(ResourceKey.OfEntry entry, Configuration after) {
        if (entry.kind() == EntryKind.DECAP_DESTINATIONS
                && features.inlineDecap().isEmpty()) {
            throw off(
                    "",
                    "Tunnels to " + entry.key() + " are to end here, and undoing them is switched off.",
                    "Set mako.forwarding.inline-decap=IPIP,GUE and restart Mako.");
        }
        if (entry.kind() == EntryKind.HEALTHCHECK_MARKS) {
            requireForwarding("Mark " + entry.key());
            if (after.entries().get(entry.kind(), entry.key()) instanceof Address real) {
                requireReachable(real);
            }
        }
        if (entry.kind() == EntryKind.HEALTHCHECK_KEYS) {
            requireForwarding("Destination " + entry.key());
        }
    }

    private void requireEffect(Vip vip) {
        for (FlagSwitch known : switches) {
            if (!known.on() && vip.flags().contains(known.flag())) {
                throw off(
                        "/flags",
                        "The flag " + known.flag() + " of VIP " + vip.id()
                                + " would have no effect: what it asks for is switched off.",
                        "Set " + known.property() + "=true and restart Mako, or leave the flag out.");
            }
        }
    }

    private void requireLookedFor(BulkKind<?> kind) {
        if (kind == BulkKind.SOURCE_ROUTES && !features.sourceRouting()) {
            throw off(
                    "",
                    "Source routes would have no effect: packets do not look for them.",
                    "Set mako.forwarding.source-routing=true and restart Mako.");
        }
    }

    private void requireLocalDelivery(Address real) {
        if (!features.localDelivery()) {
            throw off(
                    "/local",
                    "Real " + real + " is to be local, and delivery to this machine itself is switched off.",
                    "Set mako.forwarding.local-delivery=true and restart Mako.");
        }
    }

    private void requireSource(Address real, String pointer) {
        if (!features.reaches(real.ipv6())) {
            String family = real.ipv6() ? "6" : "4";
            String message = "Real " + real + " cannot be reached: GUE over IPv" + family
                    + " needs an address that packets come from, and the interface had no permanent global one at start.";
            throw new Refusal(
                    Reason.FEATURE_OFF,
                    message,
                    "Set mako.forwarding.encap-source-v" + family + " to an address of this machine and restart Mako.",
                    List.of(new Violation(pointer, "feature-off", message)));
        }
    }

    private void requireForwarding(String what) {
        if (!healthChecks.enabled()) {
            throw off(
                    "",
                    what + " would have no effect: forwarding of health checks is switched off.",
                    "Set mako.healthcheck.enabled=true and restart Mako.");
        }
    }

    private void requireReachable(Address real) {
        if (real.ipv6() ? healthChecks.reachesV6() : healthChecks.reachesV4()) {
            return;
        }
        String family = real.ipv6() ? "6" : "4";
        boolean tunnel = healthChecks.encapsulation() == HealthCheckEncapsulation.TUNNEL;
        String message = "Health checks cannot be sent to " + real + ": "
                + (tunnel
                        ? "there is no tunnel device for IPv" + family + " reals."
                        : "the interface had no permanent global IPv" + family + " address for them to come from.");
        throw new Refusal(
                Reason.FEATURE_OFF,
                message,
                tunnel
                        ? "Name a device with mako.healthcheck.tunnel-v" + family + " and restart Mako."
                        : "Set mako.forwarding.encap-source-v" + family
                                + " to an address of this machine and restart Mako.",
                List.of(new Violation("/real", "feature-off", message)));
    }

    private static boolean isLocal(Configuration configuration, Address real) {
        return configuration.reals().getOrDefault(real, RealAttributes.DEFAULT).local();
    }

    private static Refusal off(String pointer, String message, String remedy) {
        return new Refusal(
                Reason.FEATURE_OFF, message, remedy, List.of(new Violation(pointer, "feature-off", message)));
    }
}
