package io.makolb.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.linux.AddressFamily;
import io.makolb.linux.Route;
import io.makolb.linux.Route.Hop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextHopTests {

    private static final int MAIN = 254;
    private static final int ETH0 = 2;
    private static final int ETH1 = 3;

    @Test
    void theDefaultRouteOfTheInterfaceNamesTheRouter() {
        assertThat(NextHop.of(
                        ETH0,
                        List.of(
                                route(AddressFamily.IPV4, MAIN, 0, hop(ETH1, "10.1.0.1")),
                                route(AddressFamily.IPV4, MAIN, 100, hop(ETH0, "10.0.0.1")))))
                .contains(new NextHop(ETH0, ip("10.0.0.1")));
    }

    @Test
    void withoutADefaultRouteThroughTheInterfaceThereIsNone() {
        assertThat(NextHop.of(ETH0, List.of(route(AddressFamily.IPV4, MAIN, 0, hop(ETH1, "10.1.0.1")))))
                .isEmpty();
        assertThat(NextHop.of(ETH0, List.of())).isEmpty();
    }

    @Test
    void theMetricDecidesWithinAFamily() {
        assertThat(NextHop.of(
                        ETH0,
                        List.of(
                                route(AddressFamily.IPV4, MAIN, 200, hop(ETH0, "10.0.0.2")),
                                route(AddressFamily.IPV4, MAIN, 100, hop(ETH0, "10.0.0.1")))))
                .contains(new NextHop(ETH0, ip("10.0.0.1")));
    }

    @Test
    void ipv4ComesBeforeIpv6WhateverTheMetric() {
        assertThat(NextHop.of(
                        ETH0,
                        List.of(
                                route(AddressFamily.IPV6, MAIN, 1, hop(ETH0, "fe80::1")),
                                route(AddressFamily.IPV4, MAIN, 1024, hop(ETH0, "10.0.0.1")))))
                .contains(new NextHop(ETH0, ip("10.0.0.1")));
        assertThat(NextHop.of(ETH0, List.of(route(AddressFamily.IPV6, MAIN, 1, hop(ETH0, "fe80::1")))))
                .contains(new NextHop(ETH0, ip("fe80::1")));
    }

    @Test
    void theMainTableComesBeforeOthers() {
        assertThat(NextHop.of(
                        ETH0,
                        List.of(
                                route(AddressFamily.IPV4, 100, 0, hop(ETH0, "10.0.0.9")),
                                route(AddressFamily.IPV6, MAIN, 1024, hop(ETH0, "fe80::1")))))
                .contains(new NextHop(ETH0, ip("fe80::1")));
        assertThat(NextHop.of(ETH0, List.of(route(AddressFamily.IPV4, 100, 0, hop(ETH0, "10.0.0.9")))))
                .contains(new NextHop(ETH0, ip("10.0.0.9")));
    }

    @Test
    void ofSeveralRoutersTheFirstOnTheInterfaceIsTaken() {
        assertThat(NextHop.of(
                        ETH0,
                        List.of(route(
                                AddressFamily.IPV4,
                                MAIN,
                                0,
                                hop(ETH1, "10.1.0.1"),
                                hop(ETH0, "10.0.0.1"),
                                hop(ETH0, "10.0.0.2")))))
                .contains(new NextHop(ETH0, ip("10.0.0.1")));
    }

    @Test
    void aRouteWithoutARouterOrToANetworkIsNoWayOut() {
        Route onLink = route(AddressFamily.IPV4, MAIN, 0, new Hop(ETH0, Optional.empty()));
        Route network = new Route(
                AddressFamily.IPV4,
                Optional.of(ip("10.9.0.0")),
                16,
                MAIN,
                0,
                Optional.empty(),
                List.of(hop(ETH0, "10.0.0.9")));

        assertThat(NextHop.of(ETH0, List.of(onLink, network))).isEmpty();
    }

    private static Route route(AddressFamily family, int table, long metric, Hop... hops) {
        return new Route(family, Optional.empty(), 0, table, metric, Optional.empty(), List.of(hops));
    }

    private static Hop hop(int index, String gateway) {
        return new Hop(index, Optional.of(ip(gateway)));
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
