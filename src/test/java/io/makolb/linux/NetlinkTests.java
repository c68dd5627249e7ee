package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against two namespaces with a cable between them, the second one being the gateway. */
@BpfTest
class NetlinkTests {

    private static final String MAC = "02:00:00:00:00:0a";
    private static final String GATEWAY_MAC = "02:00:00:00:00:0b";

    private PrivateNetwork network;
    private PrivateNetwork router;
    private Netlink netlink;
    private int index;

    @BeforeEach
    void build() throws Exception {
        network = PrivateNetwork.create();
        router = PrivateNetwork.create();
        network.ip(
                "link",
                "add",
                "cable",
                "mtu",
                "1600",
                "numrxqueues",
                "2",
                "address",
                MAC,
                "type",
                "veth",
                "peer",
                "name",
                "cable",
                "address",
                GATEWAY_MAC,
                "netns",
                router.name());
        router.ip("addr", "add", "10.77.1.1/24", "dev", "cable");
        router.ip("addr", "add", "fd77::1/64", "dev", "cable", "nodad");
        router.ip("link", "set", "cable", "up");
        network.ip("addr", "add", "10.77.1.2/24", "dev", "cable");
        network.ip("addr", "add", "fd77::2/64", "dev", "cable", "nodad");
        network.ip("link", "set", "cable", "up");
        network.ip("route", "add", "default", "via", "10.77.1.1", "metric", "20");
        network.ip("-6", "route", "add", "default", "via", "fd77::1");
        netlink = network.call(Netlink::open);
        index = network.indexOf("cable");
    }

    @AfterEach
    void tearDown() {
        netlink.close();
        router.close();
        network.close();
    }

    @Test
    void linksAreDescribed() {
        NetworkLink link = netlink.link("cable").orElseThrow();
        assertThat(link.index()).isEqualTo(index);
        assertThat(link.address())
                .hasValueSatisfying(address -> assertThat(address).hasToString(MAC));
        assertThat(link.permanentAddress()).isEmpty();
        assertThat(link.mtu()).isEqualTo(1600);
        assertThat(link.receiveQueues()).isEqualTo(2);
        assertThat(link.kind()).isEqualTo("veth");
        assertThat(link.administrativelyUp()).isTrue();
        assertThat(link.carrier()).isTrue();
        assertThat(link.loopback()).isFalse();
        assertThat(link.xdp()).isEmpty();
        assertThat(netlink.link(index)).contains(link);
        assertThat(netlink.link("lo").orElseThrow().loopback()).isTrue();
    }

    @Test
    void anAbsentLinkIsEmpty() {
        assertThat(netlink.link(9999)).isEmpty();
        assertThat(netlink.link("nowhere")).isEmpty();
    }

    @Test
    void aLinkWhosePeerIsDownHasNoCarrier() {
        router.ip("link", "set", "cable", "down");
        NetworkLink link = netlink.link(index).orElseThrow();
        assertThat(link.administrativelyUp()).isTrue();
        assertThat(link.carrier()).isFalse();
    }

    @Test
    void addressesAreDescribed() throws Exception {
        assertThat(netlink.addresses())
                .contains(new AssignedAddress(index, InetAddress.getByName("10.77.1.2"), 24, true, true, true))
                .contains(new AssignedAddress(index, InetAddress.getByName("fd77::2"), 64, true, true, true));
        network.ip("addr", "add", "fd77::3/64", "dev", "cable", "preferred_lft", "0", "valid_lft", "1000", "nodad");
        assertThat(netlink.addresses())
                .contains(new AssignedAddress(index, InetAddress.getByName("fd77::3"), 64, true, false, false));
    }

    @Test
    void defaultRoutesNameTheirGateway() throws Exception {
        network.ip("route", "add", "default", "via", "10.77.1.9", "metric", "10");
        network.ip("route", "add", "default", "via", "10.77.1.8", "metric", "5", "table", "100");
        assertThat(netlink.defaultRoutes(AddressFamily.IPV4))
                .extracting(Route::metric, Route::hops)
                .containsExactly(tuple(10L, hops("10.77.1.9")), tuple(20L, hops("10.77.1.1")));
        assertThat(netlink.defaultRoutes(AddressFamily.IPV6))
                .flatExtracting(Route::hops)
                .containsExactly(new Route.Hop(index, optional("fd77::1")));
    }

    @Test
    void routesOverSeveralGatewaysHaveSeveralHops() throws Exception {
        network.ip("route", "add", "10.200.0.0/16", "nexthop", "via", "10.77.1.1", "nexthop", "via", "10.77.1.9");
        Route route = netlink.routes(AddressFamily.IPV4).stream()
                .filter(candidate -> candidate.prefixLength() == 16)
                .findFirst()
                .orElseThrow();
        assertThat(route.destination()).contains(InetAddress.getByName("10.200.0.0"));
        assertThat(route.hops())
                .containsExactly(
                        new Route.Hop(index, optional("10.77.1.1")), new Route.Hop(index, optional("10.77.1.9")));
    }

    @Test
    void theGatewayOfAnIpv4RouteCanBeAnIpv6Address() throws Exception {
        network.ip("route", "add", "10.201.0.0/16", "via", "inet6", "fd77::1");
        Route route = netlink.routeTo(InetAddress.getByName("10.201.1.1")).orElseThrow();
        assertThat(route.hops()).containsExactly(new Route.Hop(index, optional("fd77::1")));
    }

    @Test
    void theRouteToAnAddressIsTheOneTaken() throws Exception {
        Route far = netlink.routeTo(InetAddress.getByName("192.0.2.1")).orElseThrow();
        assertThat(far.hops()).isEqualTo(hops("10.77.1.1"));
        assertThat(far.source()).contains(InetAddress.getByName("10.77.1.2"));
        Route near = netlink.routeTo(InetAddress.getByName("fd77::99")).orElseThrow();
        assertThat(near.hops()).containsExactly(new Route.Hop(index, Optional.empty()));
        network.ip("route", "del", "default");
        assertThat(netlink.routeTo(InetAddress.getByName("192.0.2.1"))).isEmpty();
        assertThat(netlink.routeTo(InetAddress.getByName("10.77.1.2"))).isEmpty();
    }

    @Test
    void neighboursAreDescribed() throws Exception {
        network.ip("neigh", "replace", "10.77.1.1", "lladdr", GATEWAY_MAC, "dev", "cable", "nud", "permanent");
        Neighbour gateway =
                netlink.neighbour(index, InetAddress.getByName("10.77.1.1")).orElseThrow();
        assertThat(gateway.state()).isEqualTo(Neighbour.State.PERMANENT);
        assertThat(gateway.ethernet()).hasValueSatisfying(mac -> assertThat(mac).hasToString(GATEWAY_MAC));
        netlink.resolve(index, gateway.address());
        assertThat(netlink.neighbour(index, gateway.address())).contains(gateway);
    }

    @Test
    void anUnknownNeighbourIsResolvedOnRequest() throws Exception {
        for (String text : new String[] {"10.77.1.1", "fd77::1"}) {
            InetAddress gateway = InetAddress.getByName(text);
            assertThat(netlink.neighbour(index, gateway)).isEmpty();
            netlink.resolve(index, gateway);
            await().until(() -> netlink.neighbour(index, gateway)
                    .flatMap(Neighbour::ethernet)
                    .filter(mac -> mac.toString().equals(GATEWAY_MAC))
                    .isPresent());
        }
    }

    @Test
    void aStaleNeighbourIsConfirmed() throws Exception {
        InetAddress gateway = InetAddress.getByName("10.77.1.1");
        network.ip("neigh", "replace", "10.77.1.1", "lladdr", GATEWAY_MAC, "dev", "cable", "nud", "stale");
        netlink.resolve(index, gateway);
        await().until(() -> netlink.neighbour(index, gateway)
                .map(Neighbour::state)
                .filter(Neighbour.State.REACHABLE::equals)
                .isPresent());
    }

    @Test
    void aNeighbourGivenUpIsAskedForAgain() throws Exception {
        InetAddress gateway = InetAddress.getByName("10.77.1.1");
        network.ip("neigh", "replace", "10.77.1.1", "lladdr", "02:00:00:00:00:ff", "dev", "cable", "nud", "failed");
        netlink.resolve(index, gateway);
        await().until(() -> netlink.neighbour(index, gateway)
                .flatMap(Neighbour::ethernet)
                .filter(mac -> mac.toString().equals(GATEWAY_MAC))
                .isPresent());
    }

    @Test
    void whatTheKernelRefusesIsSaidInItsWords() {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> netlink.resolve(9999, InetAddress.getByName("10.77.1.1")))
                .withMessageContainingAll("resolve the neighbour 10.77.1.1 on interface 9999", "(ENODEV)")
                .satisfies(e -> assertThat(e.isNoDevice()).isTrue());
    }

    private List<Route.Hop> hops(String gateway) throws Exception {
        return List.of(new Route.Hop(index, optional(gateway)));
    }

    private static Optional<InetAddress> optional(String address) throws Exception {
        return Optional.of(InetAddress.getByName(address));
    }
}
