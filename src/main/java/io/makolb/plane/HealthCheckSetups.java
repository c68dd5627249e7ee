package io.makolb.plane;

import io.makolb.linux.NetworkLink;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what the health-check program is to be loaded with: from the properties, and from what the machine has now. */
final class HealthCheckSetups {

    private static final String PREFIX = "mako.healthcheck.";

    private final HealthCheckProperties properties;
    private final DataplaneProperties dataplane;
    private final ForwardingProperties forwarding;

    HealthCheckSetups(
            HealthCheckProperties properties, DataplaneProperties dataplane, ForwardingProperties forwarding) {
        this.properties = properties;
        this.dataplane = dataplane;
        this.forwarding = forwarding;
    }

    /** Interfaces through which marked packets leave; empty: they are not forwarded. */
    List<String> interfaces() {
        return properties.interfaces(dataplane.interfaces());
    }

    /**
     * Looks now.
     *
     * @throws InvalidSettingException a tunnel device is not there or is none
     */
    HealthCheckSetup find() {
        boolean tunnel = properties.enabled() && properties.encapsulation() == HealthCheckEncapsulation.TUNNEL;
        EncapSources sources = tunnel ? EncapSources.NONE : EncapSources.find(forwarding, interfaces());
        HealthCheckSetup setup = new HealthCheckSetup(
                properties.encapsulation(),
                forwarding.encapsulation() == Encapsulation.GUE ? forwarding.guePort() : 0,
                sources.v4(),
                sources.v6(),
                tunnel ? tunnel("tunnel-v4", properties.tunnelV4(), "ipip") : 0,
                tunnel ? tunnel("tunnel-v6", properties.tunnelV6(), "ip6tnl") : 0,
                dataplane.interfaces().containsAll(interfaces()),
                dataplane.interfaces().size() > 1);
        return properties.craftedSource()
                ? setup.crafted(forwarding.outerSourceV4(), forwarding.outerSourceV6())
                : setup;
    }

    private static int tunnel(String property, @Nullable String name, String kind) {
        if (name == null) {
            return 0;
        }
        Optional<NetworkLink> link = MachineInterfaces.find(name);
        InvalidSettingException.require(
                link.isPresent(),
                PREFIX + property,
                name,
                "there is no such device, and a kernel without the module " + kind + " cannot have one.",
                "Create it with: ip link add " + name + " type " + kind + " external && ip link set " + name
                        + " up; where that is not supported, set " + PREFIX + "encapsulation=DIRECT.");
        InvalidSettingException.require(
                link.filter(found -> found.kind().equals(kind)).isPresent(),
                PREFIX + property,
                name,
                "it is not a device of type " + kind + ".",
                "Create one with: ip link add NAME type " + kind + " external, and name that.");
        return link.map(NetworkLink::index).orElse(0);
    }
}
