package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The router sends to one VIP in one VLAN, to another in another, and to a third without a tag, all through one cable. */
@LabTest
class VlanPathTests {

    private static final String UNTAGGED = Lab.VIP;
    private static final String IN_VLAN_42 = "10.200.1.42";
    private static final String IN_VLAN_67 = "fc00:1::43";
    private static final String PORT = "to-balancer";
    private static final String OBJECT = "target/test-classes/bpf/vlan_port.bpf.o";

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up(Map.of("LAB_VIPS", String.join(" ", UNTAGGED, IN_VLAN_42, IN_VLAN_67)));
        // The tag has to be in the frame: what a network card is asked to insert, XDP does not see.
        lab.exec(Lab.ROUTER, "ethtool", "-K", PORT, "txvlan", "off");
        lab.exec(Lab.ROUTER, "tc", "qdisc", "add", "dev", PORT, "clsact");
        filter("egress", "tc/out");
        filter("ingress", "tc/in");
        mako = Mako.start(lab, "--mako.forwarding.vlan=true").awaitReady();
        for (String service : new String[] {"80-tcp", "7-tcp", "7-udp"}) {
            mako.api().vip(UNTAGGED + "-" + service, "10.77.11.2", "10.77.12.2");
            mako.api().vip(IN_VLAN_42 + "-" + service, "10.77.11.2", "10.77.12.2");
            mako.api().vip(IN_VLAN_67 + "-" + service, "fd77:11::2", "fd77:12::2");
        }
    }

    private static void filter(String direction, String section) {
        lab.exec(
                Lab.ROUTER,
                "tc",
                "filter",
                "add",
                "dev",
                PORT,
                direction,
                "bpf",
                "direct-action",
                "obj",
                OBJECT,
                "sec",
                section);
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    /** In a filter, "vlan" moves all that is asked after it behind a tag: where there is none it comes last. */
    @ParameterizedTest
    @CsvSource({
        IN_VLAN_42 + ", vlan 42 and ip proto 4",
        IN_VLAN_67 + ", vlan 67 and ip6 proto 41",
        UNTAGGED + ", ip proto 4 and not vlan"
    })
    void packetsComeBackInTheVlanTheyWereSentIn(String vip, String tunnel) {
        try (Tap tap = Tap.on(lab, Lab.ROUTER, PORT, tunnel);
                Datagrams datagrams = Datagrams.to(lab, vip)) {
            assertThat(datagrams.ask(0, new byte[] {1})).isIn("s1", "s2");

            assertThat(tap.next()).contains(" > " + vip + ".7: UDP, length 1");
        }
    }

    @ParameterizedTest
    @CsvSource({UNTAGGED, IN_VLAN_42, IN_VLAN_67})
    void connectionsAndFullPacketsPass(String vip) {
        try (Connections connections = Connections.open(lab, vip, 80, 100)) {
            assertThat(connections.reals().values()).containsOnly("s1", "s2");
            assertThat(connections.askAgain()).isEqualTo(connections.reals());
        }
        assertThat(Transfers.echo(lab, vip, 300_000)).isEqualTo(300_000);
    }
}
