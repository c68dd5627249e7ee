package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * One balancer with two ports, each with a gateway of its own: eth0 in the driver, eth1 before the network stack. VIPs of both families
 * are routed through either.
 */
@LabTest
class SeveralInterfacesTests {

    private static final String SECOND = "10.200.2.1";
    private static final String SECOND_V6 = "fc00:1:0:2::1";
    private static final List<String> SERVICES = List.of("80-tcp", "7-tcp", "7-udp");

    /** Of the router's ports. A frame for one that comes by the other is not taken in. */
    private static final Map<String, String> GATEWAYS =
            Map.of("eth0", "02:00:00:00:02:01", "eth1", "02:00:00:00:04:01");

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up(Map.of("LAB_UPLINKS", "2", "LAB_VIPS", String.join(" ", Lab.VIP, Lab.VIP6, SECOND, SECOND_V6)));
        lab.exec(Lab.ROUTER, "ip", "route", "add", "10.200.2.0/24", "via", "10.77.4.2");
        lab.exec(Lab.ROUTER, "ip", "-6", "route", "add", "fc00:1:0:2::/64", "via", "fd77:4::2");
        mako = Mako.start(lab, "--mako.dataplane.interfaces=eth0,eth1").awaitReady();
        mako.api().put("/api/v1/dataplane/interfaces/eth0", "{\"mode\":\"NATIVE\"}");
        mako.api().put("/api/v1/dataplane/interfaces/eth1", "{\"mode\":\"GENERIC\"}");
        for (String service : SERVICES) {
            for (String vip : List.of(Lab.VIP, SECOND)) {
                mako.api().vip(vip + "-" + service, "10.77.11.2", "10.77.12.2");
            }
            for (String vip : List.of(Lab.VIP6, SECOND_V6)) {
                mako.api().vip(vip + "-" + service, "fd77:11::2", "fd77:12::2");
            }
        }
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({"eth0, NATIVE", "eth1, GENERIC"})
    void eachHasItsModeAndFindsItsGateway(String name, String mode) {
        JsonNode status = mako.api()
                .get("/api/v1/dataplane/interfaces/" + name + "?include=status")
                .get("status");

        assertThat(status.get("attached").booleanValue()).isTrue();
        assertThat(status.get("mode").stringValue()).isEqualTo(mode);
        assertThat(status.get("gatewayMac").stringValue()).isEqualTo(GATEWAYS.get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "to-balancer, eth0, " + Lab.VIP + ", 10.77.1.2",
        "to-eth1, eth1, " + SECOND + ", 10.77.1.2",
        "to-balancer, eth0, " + Lab.VIP6 + ", fd77:1::2",
        "to-eth1, eth1, " + SECOND_V6 + ", fd77:1::2"
    })
    void packetsLeaveByTheInterfaceTheyCameByToItsGateway(String port, String name, String vip, String client) {
        String tunnel = "ether dst " + GATEWAYS.get(name) + " and (ip proto 4 or ip6 proto 41)";
        try (Tap tap = Tap.on(lab, Lab.ROUTER, port, tunnel);
                Datagrams datagrams = Datagrams.to(lab, vip)) {
            assertThat(datagrams.ask(0, new byte[] {1})).isIn("s1", "s2");

            assertThat(tap.next()).contains(client + ".", " > " + vip + ".7: UDP, length 1");
        }
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP, SECOND, Lab.VIP6, SECOND_V6})
    void connectionsAndLongTransfersPass(String vip) {
        try (Connections connections = Connections.open(lab, vip, 80, 100)) {
            assertThat(connections.reals().values()).containsOnly("s1", "s2");
            assertThat(connections.askAgain()).isEqualTo(connections.reals());
        }
        assertThat(Transfers.echo(lab, vip, 300_000)).isEqualTo(300_000);
        String host = vip.contains(":") ? "[" + vip + "]" : vip;
        assertThat(Transfers.download(lab, host, 1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void bothGoOnWithoutTheProcessAndAreTakenOverAsTheyAre() {
        try (Probe first = Probe.udp(lab, Lab.VIP, 1000);
                Probe second = Probe.udp(lab, SECOND, 1000)) {
            Footprint before = Footprint.of(lab.pinPath());

            mako.kill();
            mako = Mako.start(lab, "--mako.dataplane.interfaces=eth0,eth1").awaitReady();

            Footprint after = Footprint.of(lab.pinPath());
            assertThat(after.links()).isEqualTo(before.links());
            assertThat(after.programs()).isEqualTo(before.programs());
            assertThat(before.links()).containsKeys("link_native_eth0", "link_generic_eth1");
            for (Probe probe : List.of(first, second)) {
                JsonNode account = probe.finish();
                assertThat(account.get("lost")).as(account.toString()).isEmpty();
            }
        }
    }
}
