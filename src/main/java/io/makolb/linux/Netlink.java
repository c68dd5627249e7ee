package io.makolb.linux;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Asks the kernel about links, addresses, routes and neighbours (rtnetlink). An instance sees the network namespace of
 * the thread that opened it, from whichever thread it is asked later.
 */
public final class Netlink implements AutoCloseable {

    private static final int IFLA_EXT_MASK = 29;
    private static final int RTEXT_FILTER_SKIP_STATS = 1 << 3;
    private static final int RTA_DST = 1;
    private static final int NDA_DST = 1;
    private static final int NTF_USE = 1;

    private final NetlinkConversation kernel = new NetlinkConversation();

    private Netlink() {}

    /** Opens a connection to the kernel. */
    public static Netlink open() {
        return new Netlink();
    }

    /** All links of the namespace. */
    public List<NetworkLink> links() {
        return kernel.list(
                linkRequest(NetlinkRequest.DUMP, 0),
                NetlinkType.NEW_LINK,
                "the links",
                payload -> Optional.of(NetworkLink.parse(payload)));
    }

    /** The link with an index; empty when there is none. */
    public Optional<NetworkLink> link(int index) {
        return kernel.one(
                linkRequest(0, index),
                NetlinkType.NEW_LINK,
                "link " + index,
                payload -> Optional.of(NetworkLink.parse(payload)));
    }

    /** The link with a name; empty when there is none. */
    public Optional<NetworkLink> link(String name) {
        return links().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** The addresses of all links. */
    public List<AssignedAddress> addresses() {
        NetlinkRequest request = new NetlinkRequest(NetlinkType.GET_ADDRESS, NetlinkRequest.DUMP)
                .int32(0)
                .int32(0);
        return kernel.list(request, NetlinkType.NEW_ADDRESS, "the addresses", AssignedAddress::parse);
    }

    /** The routes of all tables that lead somewhere. */
    public List<Route> routes(AddressFamily family) {
        NetlinkRequest request = routeRequest(family, NetlinkRequest.DUMP, 0);
        return kernel.list(request, NetlinkType.NEW_ROUTE, "the routes", Route::parse);
    }

    /** The default routes of a family in the main table, the preferred first. */
    public List<Route> defaultRoutes(AddressFamily family) {
        return defaultsOf(routes(family));
    }

    static List<Route> defaultsOf(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.isDefault() && route.isInMainTable())
                .sorted(Comparator.comparingLong(Route::metric))
                .toList();
    }

    /** The route a packet from this machine to that address takes now; empty when there is none or it is its own. */
    public Optional<Route> routeTo(InetAddress destination) {
        AddressFamily family = AddressFamily.of(destination);
        return kernel.one(
                routeRequest(family, 0, family.bits()).attribute(RTA_DST, destination),
                NetlinkType.NEW_ROUTE,
                "the route to " + destination.getHostAddress(),
                Route::parse);
    }

    /** Everybody the kernel knows on all links. */
    public List<Neighbour> neighbours() {
        NetlinkRequest request = neighbourRequest(NetlinkType.GET_NEIGHBOUR, NetlinkRequest.DUMP, 0, 0, 0, 0);
        return kernel.list(request, NetlinkType.NEW_NEIGHBOUR, "the neighbours", Neighbour::parse);
    }

    /** A neighbour; empty when the kernel does not know it. */
    public Optional<Neighbour> neighbour(int interfaceIndex, InetAddress address) {
        return neighbours().stream()
                .filter(known -> known.interfaceIndex() == interfaceIndex
                        && known.address().equals(address))
                .findFirst();
    }

    /**
     * Has the kernel find out a neighbour's link-layer address now, as if a packet had to be sent there. A neighbour that
     * is known is asked directly whether it is still there; if it does not answer, the kernel gives it up after three
     * seconds, and the next call asks everybody. The answer comes later, as an event of {@link NetlinkMonitor} or in
     * {@link #neighbour}.
     */
    public void resolve(int interfaceIndex, InetAddress address) {
        Optional<Neighbour> known = neighbour(interfaceIndex, address);
        if (known.map(Neighbour::state)
                .filter(Neighbour.State.PERMANENT::equals)
                .isPresent()) {
            return;
        }
        boolean stale =
                known.map(Neighbour::state).filter(Neighbour.State::isResolved).isPresent();
        // A mere use of a stale entry would wait five seconds before it asks.
        NetlinkRequest request = stale
                ? neighbourRequest(
                        NetlinkType.NEW_NEIGHBOUR,
                        NetlinkRequest.ACKNOWLEDGE | NetlinkRequest.REPLACE,
                        AddressFamily.of(address).code(),
                        interfaceIndex,
                        Neighbour.State.PROBE.code(),
                        0)
                : neighbourRequest(
                        NetlinkType.NEW_NEIGHBOUR,
                        NetlinkRequest.ACKNOWLEDGE | NetlinkRequest.CREATE,
                        AddressFamily.of(address).code(),
                        interfaceIndex,
                        Neighbour.State.NONE.code(),
                        NTF_USE);
        kernel.change(
                request.attribute(NDA_DST, address),
                "resolve the neighbour",
                address.getHostAddress() + " on interface " + interfaceIndex);
    }

    @Override
    public void close() {
        kernel.close();
    }

    private static NetlinkRequest linkRequest(int flags, int index) {
        return new NetlinkRequest(NetlinkType.GET_LINK, flags)
                .int32(0)
                .int32(index)
                .int32(0)
                .int32(0)
                .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    }

    private static NetlinkRequest routeRequest(AddressFamily family, int flags, int destinationLength) {
        return new NetlinkRequest(NetlinkType.GET_ROUTE, flags)
                .uint8(family.code())
                .uint8(destinationLength)
                .uint16(0)
                .int32(0)
                .int32(0);
    }

    private static NetlinkRequest neighbourRequest(
            int type, int flags, int family, int index, int state, int neighbourFlags) {
        return new NetlinkRequest(type, flags)
                .uint8(family)
                .uint8(0)
                .uint16(0)
                .int32(index)
                .uint16(state)
                .uint8(neighbourFlags)
                .uint8(0);
    }
}
