package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two balancers share the flows of a router by ECMP, and one goes: drained, then killed. Its connections are older than the rings
 * of both, so only what it remembers can tell where they belong.
 */
@LabTest
class EvacuationTests {

    private static final int CONNECTIONS = 200;
    private static final List<String> SERVICES = List.of("80-tcp", "7-tcp");

    private Lab lab;
    private Mako leaving;
    private Mako staying;

    @BeforeEach
    void start() {
        lab = Lab.up(Map.of("LAB_BALANCERS", "2", "LAB_REALS", "3", "LAB_SPREAD", "1"));
        leaving = Mako.startOn(lab, Lab.BALANCER, "--mako.forwarding.global-connection-table=true");
        staying = Mako.startOn(lab, Lab.BALANCER_2, "--mako.forwarding.global-connection-table=true");
        both().forEach(Mako::awaitReady);
        for (Mako mako : both().toList()) {
            for (String service : SERVICES) {
                serve(mako, Lab.VIP + "-" + service, "10.77.11.2", "10.77.12.2");
                serve(mako, Lab.VIP6 + "-" + service, "fd77:11::2", "fd77:12::2");
            }
        }
    }

    @AfterEach
    void end() {
        both().forEach(Mako::close);
        lab.close();
    }

    @Test
    void noConnectionBreaksWhenOneOfTwoIsEvacuatedAndKilled() {
        try (Connections connections = Connections.open(lab, Lab.VIP, 80, CONNECTIONS);
                Connections connections6 = Connections.open(lab, Lab.VIP6, 80, CONNECTIONS);
                Probe probe = Probe.tcp(lab, Lab.VIP);
                Probe other = Probe.tcp(lab, Lab.VIP)) {
            changeRings();

            evacuate();
            withdraw();
            kill();

            assertThat(connections.askAgain()).isEqualTo(connections.reals());
            assertThat(connections6.askAgain()).isEqualTo(connections6.reals());
            assertThat(probe.finish().get("retransmits").intValue()).isZero();
            assertThat(other.finish().get("retransmits").intValue()).isZero();
        }
    }

    /** What the test above would see of a balancer that knows only what it has placed itself. */
    @Test
    void withoutEvacuationConnectionsOfTheOtherBreak() {
        try (Connections connections = Connections.open(lab, Lab.VIP, 80, CONNECTIONS)) {
            changeRings();

            withdraw();
            kill();

            Map<Integer, String> reals = connections.reals();
            Map<Integer, String> now = connections.askAgain();
            assertThat(now.values()).anyMatch(real -> real.startsWith("-"));
            // Those that the other one has placed are not touched.
            assertThat(reals.entrySet()).anyMatch(entry -> entry.getValue().equals(now.get(entry.getKey())));
        }
    }

    /** Half of all places are another real's now; connections stay where they are, each known to one of the two. */
    private void changeRings() {
        for (Mako mako : both().toList()) {
            for (String service : SERVICES) {
                mako.api().put("/api/v1/vips/" + Lab.VIP + "-" + service + "/reals/10.77.13.2", "{\"weight\":20}");
                mako.api().put("/api/v1/vips/" + Lab.VIP6 + "-" + service + "/reals/fd77:13::2", "{\"weight\":20}");
            }
        }
    }

    private void evacuate() {
        Path lines = lab.directory().resolve("connections.ndjson");
        leaving.api().saveLines("/api/v1/connections?maxAgeSeconds=3600", lines);
        JsonNode imported = staying.api().postLines("/api/v1/connections/import", lines);

        // Both share the flows: neither has all, neither none.
        assertThat(imported.get("accepted").intValue()).as(imported.toString()).isBetween(1, 2 * CONNECTIONS - 1);
    }

    /** The routes of the leaving one. */
    private void withdraw() {
        lab.exec(Lab.ROUTER, "ip", "route", "replace", "10.200.0.0/16", "via", "10.77.3.2");
        lab.exec(Lab.ROUTER, "ip", "-6", "route", "replace", "fc00:1::/32", "via", "fd77:3::2");
    }

    /** The process and the machine. */
    private void kill() {
        leaving.kill();
        lab.exec(Lab.ROUTER, "ip", "link", "set", "to-balancer", "down");
    }

    private static void serve(Mako mako, String vip, String... reals) {
        mako.api().vip(vip, reals);
        mako.api().put("/api/v1/vips/" + vip, "{\"flags\":[\"GLOBAL_LRU\"]}");
    }

    private Stream<Mako> both() {
        return Stream.of(leaving, staying);
    }
}
