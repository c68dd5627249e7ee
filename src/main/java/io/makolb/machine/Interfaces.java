package io.makolb.machine;

import io.makolb.linux.NetworkLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the configured interfaces are there, and frames can leave them. */
final class Interfaces {

    private static final String PROPERTY = "mako.dataplane.interfaces";

    private Interfaces() {}

    /**
     * Looks at the configured interfaces.
     *
     * @param present all of the machine
     * @param gateways names of the interfaces whose gateway is set or was found
     */
    static List<Finding> check(List<String> configured, List<NetworkLink> present, Set<String> gateways) {
        if (configured.isEmpty()) {
            return List.of(Finding.error(
                    "interfaces",
                    "No interface is named.",
                    "Name the one that faces the router: " + PROPERTY + "=eth0."));
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : configured) {
            Optional<NetworkLink> link =
                    present.stream().filter(one -> one.name().equals(name)).findFirst();
            findings.add(link.map(Interfaces::state).orElseGet(() -> missing(name, present)));
            if (link.isPresent()) {
                findings.add(gateway(name, gateways.contains(name)));
            }
        }
        return findings;
    }

    private static Finding state(NetworkLink link) {
        String what = "index " + link.index() + ", MTU " + link.mtu()
                + (link.kind().isEmpty() ? "" : ", " + link.kind())
                + link.xdp()
                        .map(xdp -> ", XDP program " + xdp.programId() + " attached")
                        .orElse("");
        return link.administrativelyUp() && link.carrier()
                ? Finding.ok(link.name(), "It is up: " + what + ".")
                : Finding.warning(
                        link.name(),
                        "It is down, or has no carrier: " + what + ".",
                        "ip link set " + link.name() + " up");
    }

    private static Finding missing(String name, List<NetworkLink> present) {
        return Finding.error(
                name,
                "There is no such interface; there are "
                        + present.stream().map(NetworkLink::name).sorted().collect(Collectors.joining(", ")) + ".",
                "Name the one that faces the router with " + PROPERTY
                        + ". With a plane that forwards already, Mako starts and waits for it.");
    }

    private static Finding gateway(String name, boolean known) {
        return known
                ? Finding.ok(name + " gateway", "Its MAC address is known.")
                : Finding.warning(
                        name + " gateway",
                        "There is no default route through " + name + ", or its router does not answer.",
                        "Packets of VIPs are dropped until it is known: see 'ip route' and 'ip neigh', or set"
                                + " mako.dataplane.gateway-mac.");
    }
}
