package io.makolb.machine;

import io.makolb.linux.Route;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whom frames of an interface are sent to.
 *
 * @param interfaceIndex the interface
 * @param address of the router, on that link
 */
record NextHop(int interfaceIndex, InetAddress address) {

    /** {@code RT_TABLE_MAIN}. */
    private static final int MAIN_TABLE = 254;

    private static final Comparator<Route> PREFERRED = Comparator.comparing(
                    (Route route) -> route.table() != MAIN_TABLE)
            .thenComparing(Route::family)
            .thenComparingLong(Route::metric);

    /**
     * The router that the interface's default route names. Routes of the main table come before those of others, IPv4 before
     * IPv6, then by metric. Of several routers that share the traffic the first on this interface is taken.
     *
     * @param routes of both families
     */
    static Optional<NextHop> of(int interfaceIndex, Collection<Route> routes) {
        return routes.stream()
                .filter(Route::isDefault)
                .sorted(PREFERRED)
                .flatMap(route -> route.hops().stream())
                .filter(hop -> hop.interfaceIndex() == interfaceIndex)
                .flatMap(hop -> hop.gateway().stream())
                .findFirst()
                .map(gateway -> new NextHop(interfaceIndex, gateway));
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
