package io.makolb.machine;

import io.makolb.linux.Neighbour;
import io.makolb.linux.Neighbour.State;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation.GatewayMac;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the next hop of one interface. The last MAC address that was known stays until another one is known: frames sent to
 * a router that may be back at any moment are never worse than frames dropped. For one thread at a time.
 */
final class GatewayTracker {

    private static final Logger log = LoggerFactory.getLogger(GatewayTracker.class);

    private final String interfaceName;
    private @Nullable NextHop hop;
    private @Nullable MacAddress known;
    private boolean told;

    GatewayTracker(String interfaceName) {
        this.interfaceName = interfaceName;
    }

    /**
     * What follows from a look at routes and neighbours.
     *
     * @param changed what the balancer has to know; empty when nothing is new
     * @param resolve whose MAC address the kernel should find out now; empty when it is fresh
     */
    record Step(Optional<GatewayMac> changed, Optional<NextHop> resolve) {

        static final Step NOTHING = new Step(Optional.empty(), Optional.empty());
    }

    /**
     * Looks at the next hop.
     *
     * @param now the next hop by the routes; empty when there is no default route
     * @param neighbour what the kernel knows of it; empty when nothing
     */
    Step update(Optional<NextHop> now, Optional<Neighbour> neighbour) {
        if (!Objects.equals(hop, now.orElse(null))) {
            hop = now.orElse(null);
            told = false;
        }
        if (hop == null) {
            tell("there is no default route through it");
            return Step.NOTHING;
        }
        Optional<MacAddress> mac = neighbour
                .filter(entry -> entry.state().isResolved())
                .flatMap(Neighbour::ethernet)
                .map(ethernet -> new MacAddress(ethernet.bits()));
        State state = neighbour.map(Neighbour::state).orElse(State.NONE);
        if (state == State.FAILED) {
            tell("the router " + hop + " does not answer");
        }
        Optional<GatewayMac> changed = mac.filter(found -> !found.equals(known)).map(this::changedTo);
        return new Step(changed, isFresh(state) ? Optional.empty() : Optional.of(hop));
    }

    /** Whether the balancer was told a MAC address. */
    boolean isKnown() {
        return known != null;
    }

    /** The next hop by the last look; empty when there is none. */
    Optional<NextHop> hop() {
        return Optional.ofNullable(hop);
    }

    private GatewayMac changedTo(MacAddress mac) {
        log.info(
                "Frames leave {} to {} at {}{}.", interfaceName, hop, mac, known == null ? "" : ", before at " + known);
        known = mac;
        told = false;
        return new GatewayMac(interfaceName, Optional.of(mac));
    }

    private void tell(String trouble) {
        if (told) {
            return;
        }
        told = true;
        if (known == null) {
            log.warn(
                    "The gateway of {} is not known: {}. VIP packets that come in there are dropped until it is."
                            + " Set mako.dataplane.gateway-mac if it cannot be found out.",
                    interfaceName,
                    trouble);
        } else {
            log.warn("The gateway of {} stays {}, although {}.", interfaceName, known, trouble);
        }
    }

    /** Whether the kernel needs no asking: it is sure of the address, or is asking already. */
    private static boolean isFresh(State state) {
        return switch (state) {
            case REACHABLE, PROBE, INCOMPLETE, PERMANENT, NOARP -> true;
            case NONE, STALE, DELAY, FAILED -> false;
        };
    }
}
