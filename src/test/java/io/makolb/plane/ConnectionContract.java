package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Prefix;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every forwarding plane does with the connections that it remembers. */
abstract class ConnectionContract extends PlaneUnderContract {

    private static final Address CLIENT = Address.parse("192.0.2.7");
    private static final Address NEIGHBOUR = Address.parse("192.0.3.7");
    private static final Address CLIENT_V6 = Address.parse("2001:db8:c::7");

    /** Three VIPs with a real each, and two, one and one connections to them. */
    private void connected() {
        apply(
                draft().enterReal(R1)
                        .enterReal(R2)
                        .enterReal(R3)
                        .enterVip(WEB, Map.of(R1, 1))
                        .enterVip(WEB_TLS, Map.of(R2, 1))
                        .enterVip(DNS, Map.of(R3, 1)),
                1);
        connect(WEB, R1, CLIENT, 31_337);
        connect(WEB, R1, NEIGHBOUR, 31_338);
        connect(WEB_TLS, R2, CLIENT, 31_339);
        connect(DNS, R3, CLIENT_V6, 31_340);
    }

    private List<Connection> listed(ConnectionFilter filter) {
        return plane.listConnections(filter, ConnectionPosition.BEGIN, 1000).connections();
    }

    private static ConnectionFilter ofClient(String prefix) {
        return new ConnectionFilter(
                Optional.empty(), Optional.empty(), Optional.of(Prefix.parse(prefix)), Optional.empty());
    }

    private static ConnectionFilter silentAtMost(Duration silent) {
        return new ConnectionFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(silent));
    }

    private void assertOnlyPorts(ConnectionFilter filter, Integer... clientPorts) {
        assertThat(listed(filter)).extracting(Connection::clientPort).containsExactlyInAnyOrder(clientPorts);
        assertThat(plane.connections(filter).total()).isEqualTo(clientPorts.length);
    }

    @Test
    void aConnectionIsShownWithBothOfItsEnds() {
        connected();

        assertThat(listed(ConnectionFilter.of(WEB_TLS))).singleElement().satisfies(connection -> {
            assertThat(connection.vip()).isEqualTo(WEB_TLS);
            assertThat(connection.real()).isEqualTo(R2);
            assertThat(connection.client()).isEqualTo(CLIENT);
            assertThat(connection.clientPort()).isEqualTo(31_339);
            assertThat(connection.port()).isEqualTo(443);
            assertThat(connection.table()).isEqualTo(Connection.Table.CPU);
            assertThat(connection.cpu()).isNotNegative();
            assertThat(connection.silent())
                    .hasValueSatisfying(silent -> assertThat(silent).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
        });
        assertThat(listed(ConnectionFilter.of(DNS))).singleElement().satisfies(connection -> {
            assertThat(connection.client()).isEqualTo(CLIENT_V6);
            assertThat(connection.clientPort()).isEqualTo(31_340);
            assertThat(connection.port()).isEqualTo(53);
        });
    }

    @Test
    void connectionsAreFoundByVipByRealAndByClient() {
        connected();

        assertOnlyPorts(ConnectionFilter.ALL, 31_337, 31_338, 31_339, 31_340);
        assertOnlyPorts(ConnectionFilter.of(WEB), 31_337, 31_338);
        assertOnlyPorts(ConnectionFilter.of(R2), 31_339);
        assertOnlyPorts(ofClient("192.0.2.7"), 31_337, 31_339);
        assertOnlyPorts(ofClient("192.0.3.0/24"), 31_338);
        assertOnlyPorts(ofClient("192.0.2.0_23"), 31_337, 31_338, 31_339);
        assertOnlyPorts(ofClient("2001:db8:c::_48"), 31_340);
        assertOnlyPorts(
                new ConnectionFilter(
                        Optional.of(WEB), Optional.of(R1), Optional.of(Prefix.parse("192.0.2.7")), Optional.empty()),
                31_337);
        assertOnlyPorts(ConnectionFilter.of(ALL_PORTS));
        assertOnlyPorts(ConnectionFilter.of(CLIENT));
    }

    @Test
    void connectionsAreCountedByVipAndReal() {
        connected();

        assertThat(plane.connections(ConnectionFilter.ALL).vips())
                .isEqualTo(Map.of(WEB, Map.of(R1, 2L), WEB_TLS, Map.of(R2, 1L), DNS, Map.of(R3, 1L)));
        assertThat(plane.connections(ConnectionFilter.of(R1)).vips()).isEqualTo(Map.of(WEB, Map.of(R1, 2L)));
    }

    @Test
    void connectionsThatWereSilentForLongerCanBeLeftOut() {
        connected();

        assertOnlyPorts(silentAtMost(Duration.ofHours(1)), 31_337, 31_338, 31_339, 31_340);
    }

    @Test
    void pagesShowEveryConnectionOnce() {
        connected();
        for (int port = 1; port <= 60; port++) {
            connect(WEB, R1, CLIENT, port);
        }
        List<Connection> all = listed(ConnectionFilter.ALL);
        assertThat(all).hasSize(64);

        List<Connection> seen = new ArrayList<>();
        Optional<ConnectionPosition> next = Optional.of(ConnectionPosition.BEGIN);
        while (next.isPresent()) {
            ConnectionPage page = plane.listConnections(ConnectionFilter.ALL, next.get(), 8);
            assertThat(page.connections()).hasSize(8);
            seen.addAll(page.connections());
            next = page.next();
        }

        assertThat(seen)
                .extracting(Connection::clientPort)
                .isEqualTo(all.stream().map(Connection::clientPort).toList());
        assertThat(plane.listConnections(ConnectionFilter.ALL, new ConnectionPosition(1_000_000, 0), 8))
                .isEqualTo(new ConnectionPage(List.of(), Optional.empty()));
    }

    @Test
    void onlyWhatIsMeantIsPurged() {
        connected();

        assertThat(plane.purgeConnections(ofClient("192.0.2.0_24"))).isEqualTo(2);

        assertOnlyPorts(ConnectionFilter.ALL, 31_338, 31_340);
        assertThat(plane.purgeConnections(ofClient("192.0.2.0_24"))).isZero();
        assertThat(plane.purgeConnections(ConnectionFilter.of(DNS))).isEqualTo(1);
        assertThat(plane.purgeConnections(ConnectionFilter.ALL)).isEqualTo(1);
        assertOnlyPorts(ConnectionFilter.ALL);
    }

    @Test
    void theNextProcessShowsTheSameConnections() {
        connected();

        takeOver();

        assertOnlyPorts(ConnectionFilter.ALL, 31_337, 31_338, 31_339, 31_340);
        assertOnlyPorts(ConnectionFilter.of(R3), 31_340);
    }

    @Test
    void connectionsToRealsThatAreGoneAreShownAndThoseOfVipsThatAreGoneAreNot() {
        connected();

        apply(draft().changeMembers(WEB, Map.of()).retireReal(R1).retireVip(DNS), 2);

        assertOnlyPorts(ConnectionFilter.of(R1), 31_337, 31_338);
        assertOnlyPorts(ConnectionFilter.of(DNS));
        plane.purge(Set.of(), Set.copyOf(plane.read().retiredReals().values()));
        assertOnlyPorts(ConnectionFilter.of(WEB));
    }

    private static ConnectionLoad load(Connection... connections) {
        ConnectionLoad load = new ConnectionLoad();
        for (Connection one : connections) {
            load.add(
                    one.vip(),
                    one.real(),
                    Optional.of(one.destination()),
                    one.client(),
                    one.clientPort(),
                    one.port(),
                    one.silent());
        }
        return load;
    }

    private static Connection elsewhere(VipId vip, Address real, Address client, int clientPort) {
        Duration silent = Duration.ofMinutes(90);
        return new Connection(
                vip,
                real,
                vip.address(),
                client,
                clientPort,
                vip.port(),
                Optional.of(silent),
                Connection.Table.GLOBAL,
                -1);
    }

    private void askGlobally(VipId... vips) {
        PlanDraft draft = draft();
        for (VipId vip : vips) {
            draft.changeVip(vip, VipFlag.GLOBAL_LRU.bit(), HashFunction.MAGLEV_V2, OnEmpty.DROP);
        }
        apply(draft, 2);
    }

    @Test
    void importedConnectionsAreShownAndPurgedLikeOthers() {
        connected();
        askGlobally(WEB, DNS);

        Imported imported = plane.importConnections(
                load(elsewhere(WEB, R2, CLIENT, 1), elsewhere(WEB, R2, CLIENT, 2), elsewhere(DNS, R3, CLIENT_V6, 3)),
                false);

        assertThat(imported).isEqualTo(new Imported(3, 3, 0, 0, 0, 0));
        assertOnlyPorts(ConnectionFilter.ALL, 1, 2, 3, 31_337, 31_338, 31_339, 31_340);
        assertOnlyPorts(ConnectionFilter.of(R2), 1, 2, 31_339);
        assertThat(listed(ConnectionFilter.of(DNS)))
                .filteredOn(connection -> connection.table() == Connection.Table.GLOBAL)
                .singleElement()
                .satisfies(connection -> {
                    assertThat(connection.client()).isEqualTo(CLIENT_V6);
                    assertThat(connection.clientPort()).isEqualTo(3);
                    assertThat(connection.port()).isEqualTo(53);
                    assertThat(connection.cpu()).isNegative();
                    assertThat(connection.silent().orElseThrow())
                            .isBetween(Duration.ofMinutes(89), Duration.ofMinutes(91));
                });
        assertThat(plane.purgeConnections(ConnectionFilter.of(R2))).isEqualTo(3);
        assertOnlyPorts(ConnectionFilter.ALL, 3, 31_337, 31_338, 31_340);
    }

    @Test
    void importingAgainChangesWhatLeadsElsewhere() {
        connected();
        askGlobally(WEB);
        ConnectionLoad first = load(elsewhere(WEB, R1, CLIENT, 1), elsewhere(WEB, R1, CLIENT, 2));

        assertThat(plane.importConnections(first, true)).isEqualTo(new Imported(2, 2, 0, 0, 0, 0));
        assertOnlyPorts(ConnectionFilter.of(WEB), 31_337, 31_338);
        assertThat(plane.importConnections(first, false)).isEqualTo(new Imported(2, 2, 0, 0, 0, 0));
        assertThat(plane.importConnections(first, false)).isEqualTo(new Imported(2, 0, 0, 0, 0, 0));
        assertThat(plane.importConnections(load(elsewhere(WEB, R1, CLIENT, 1), elsewhere(WEB, R2, CLIENT, 2)), false))
                .isEqualTo(new Imported(2, 1, 0, 0, 0, 0));

        assertOnlyPorts(ConnectionFilter.of(R2), 2, 31_339);
        plane.purgeConnections(ConnectionFilter.of(R2));
        assertThat(plane.importConnections(first, false)).isEqualTo(new Imported(2, 1, 0, 0, 0, 0));
    }

    @Test
    void whatNoPacketWouldLookForIsLeftOut() {
        connected();
        askGlobally(WEB);
        Address stranger = Address.parse("10.0.99.1");

        Imported imported = plane.importConnections(
                load(
                        elsewhere(WEB, R1, CLIENT, 1),
                        elsewhere(ALL_PORTS, R1, CLIENT, 2),
                        elsewhere(ALL_PORTS, R1, CLIENT, 3),
                        elsewhere(WEB, stranger, CLIENT, 4),
                        elsewhere(WEB_TLS, R2, CLIENT, 5)),
                false);

        assertThat(imported).isEqualTo(new Imported(1, 1, 2, 1, 1, 0));
        assertOnlyPorts(ConnectionFilter.of(stranger));
    }

    @Test
    void importedConnectionsOutliveTheProcessAndGoWithTheirReal() {
        connected();
        askGlobally(WEB);
        plane.importConnections(load(elsewhere(WEB, R2, CLIENT, 1), elsewhere(WEB, R1, CLIENT, 2)), false);

        takeOver();
        assertOnlyPorts(ConnectionFilter.of(WEB), 1, 2, 31_337, 31_338);

        apply(draft().changeMembers(WEB_TLS, Map.of()).retireReal(R2), 3);
        assertThat(plane.importConnections(load(elsewhere(WEB, R2, CLIENT, 9)), false))
                .isEqualTo(new Imported(0, 0, 0, 1, 0, 0));
        plane.purge(Set.of(), Set.copyOf(plane.read().retiredReals().values()));
        assertOnlyPorts(ConnectionFilter.of(WEB), 2, 31_337, 31_338);
    }
}
