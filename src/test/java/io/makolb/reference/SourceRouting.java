package io.makolb.reference;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Section 11, step 2: reals for clients of certain networks. */
public final class SourceRouting {

    /** No network has a real of its own. */
    public static final SourceRouting NONE = new SourceRouting(List.of());

    /**
     * A network of clients.
     *
     * @param network its first address
     * @param length how many bits of it count
     * @param real where its clients go
     */
    public record Route(Ip network, int length, Ip real) {

        boolean covers(Ip client) {
            int ignored = network.bits() - length;
            return client.bits() == network.bits()
                    && client.number()
                            .shiftRight(ignored)
                            .equals(network.number().shiftRight(ignored));
        }
    }

    private final List<Route> routes;

    /** These networks, each named once. */
    public SourceRouting(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The real of the longest prefix that a client is in. */
    Optional<Ip> realOf(Ip client) {
        return routes.stream()
                .filter(route -> route.covers(client))
                .max(Comparator.comparingInt(Route::length))
                .map(Route::real);
    }
}
