package io.makolb.machine;

import io.makolb.linux.AddressFamily;
import io.makolb.linux.LinuxException;
import io.makolb.linux.Neighbour;
import io.makolb.linux.Netlink;
import io.makolb.linux.NetworkLink;
import io.makolb.linux.Route;
import io.makolb.model.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was seen of the machine, and what of it was reported. For one thread at a time, but for {@link #isNextHop}. */
final class MachineView {

    private static final Logger log = LoggerFactory.getLogger(MachineView.class);

    private final Consumer<Observation> report;
    private final LinkTracker links;
    private final Map<String, GatewayTracker> gateways = new LinkedHashMap<>();
    private final HostAddressBook addresses;
    private List<Route> defaultRoutes = List.of();
    private volatile Set<NextHop> nextHops = Set.of();

    MachineView(
            Consumer<Observation> report, List<String> interfaces, boolean followGateways, HostAddressBook addresses) {
        this.report = report;
        this.links = new LinkTracker(interfaces);
        this.addresses = addresses;
        if (followGateways) {
            interfaces.forEach(name -> gateways.put(name, new GatewayTracker(name)));
        }
    }

    /**
     * Looks, and reports what is new.
     *
     * @param everything false: only at the next hops; a full routing table takes long to read
     */
    void look(Netlink kernel, boolean everything) {
        if (everything) {
            addresses.update(kernel.addresses());
            links.update(kernel.links()).forEach(report);
            if (!gateways.isEmpty()) {
                defaultRoutes = defaultRoutes(kernel);
            }
        }
        if (!gateways.isEmpty()) {
            followGateways(kernel);
        }
    }

    /** Whether every interface that is there and has a router has had its gateway reported. */
    boolean isSettled() {
        return gateways.values().stream()
                .allMatch(gateway -> gateway.isKnown() || gateway.hop().isEmpty());
    }

    /** Whether this neighbour is a router that frames are sent to. */
    boolean isNextHop(Neighbour neighbour) {
        return nextHops.contains(new NextHop(neighbour.interfaceIndex(), neighbour.address()));
    }

    private static List<Route> defaultRoutes(Netlink kernel) {
        List<Route> routes = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            routes.addAll(kernel.defaultRoutes(family));
        }
        return routes;
    }

    private void followGateways(Netlink kernel) {
        // The next hops are known to isNextHop before the neighbours are read: no change falls between.
        nextHops = gateways.keySet().stream()
                .flatMap(name -> nextHop(name).stream())
                .collect(Collectors.toUnmodifiableSet());
        List<Neighbour> neighbours = nextHops.isEmpty() ? List.of() : kernel.neighbours();
        gateways.forEach((name, gateway) -> {
            Optional<NextHop> hop = nextHop(name);
            GatewayTracker.Step step = gateway.update(hop, hop.flatMap(to -> find(to, neighbours)));
            step.changed().ifPresent(report);
            step.resolve().ifPresent(to -> resolve(kernel, to));
        });
    }

    private Optional<NextHop> nextHop(String name) {
        return links.link(name)
                .filter(NetworkLink::administrativelyUp)
                .flatMap(link -> NextHop.of(link.index(), defaultRoutes));
    }

    private static Optional<Neighbour> find(NextHop hop, List<Neighbour> neighbours) {
        return neighbours.stream()
                .filter(known -> known.interfaceIndex() == hop.interfaceIndex()
                        && known.address().equals(hop.address()))
                .findFirst();
    }

    private static void resolve(Netlink kernel, NextHop hop) {
        try {
            kernel.resolve(hop.interfaceIndex(), hop.address());
        } catch (LinuxException e) {
            // The interface or the entry went meanwhile: then there is an event on its way.
            log.debug("Asking for {} failed.", hop, e);
        }
    }
}
