package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The balancer is a real too: it carries the VIP as s1 does, and packets that are its own are left to its network stack. */
@LabTest
class LocalDeliveryTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HERE = "here";

    private static Lab lab;
    private static Process server;
    private static Mako mako;

    @BeforeAll
    static void start() throws IOException {
        lab = Lab.up();
        lab.exec(Lab.BALANCER, "ip", "addr", "add", Lab.VIP + "/32", "dev", "lo");
        lab.exec(Lab.BALANCER, "ip", "addr", "add", Lab.VIP6 + "/128", "dev", "lo", "nodad");
        server = lab.in(Lab.BALANCER, "/usr/bin/python3", "src/lab/real-server.py", HERE, Lab.VIP, Lab.VIP6)
                .start();
        BufferedReader output = server.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");
        mako = Mako.start(lab, "--mako.forwarding.local-delivery=true").awaitReady();
        serve(Lab.VIP, "10.77.2.2", "10.77.11.2");
        serve(Lab.VIP6, "fd77:2::2", "fd77:11::2");
    }

    private static void serve(String vip, String own, String other) {
        mako.api().put("/api/v1/reals/" + own, "{\"local\":true}");
        for (String service : new String[] {"80-tcp", "7-tcp", "7-udp"}) {
            String path = "/api/v1/vips/" + vip + "-" + service;
            mako.api().put(path, "{\"flags\":[\"LOCAL_VIP\"]}");
            mako.api().put(path + "/reals/" + own, "{}");
            mako.api().put(path + "/reals/" + other, "{}");
        }
    }

    @AfterAll
    static void end() {
        mako.close();
        server.destroyForcibly();
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP + ", 10.77.2.2", Lab.VIP6 + ", fd77:2::2"})
    void bothServeAndWhatIsItsOwnIsCounted(String vip, String own) {
        try (Connections connections = Connections.open(lab, vip, 80, 100);
                Datagrams datagrams = Datagrams.to(lab, vip)) {
            assertThat(connections.reals().values()).containsOnly(HERE, "s1");
            assertThat(connections.askAgain()).isEqualTo(connections.reals());
            assertThat(datagrams.ask(0, new byte[] {1})).isIn(HERE, "s1");
        }
        assertThat(Transfers.echo(lab, vip, 300_000)).isEqualTo(300_000);
        // Counters are as of the last tick: up to a second old.
        await(own).atMost(PATIENCE).untilAsserted(() -> assertThat(packets(own)).isPositive());
    }

    @Test
    void packetsArriveWithoutATunnelAndWithoutTheProcess() {
        String path = "/api/v1/vips/" + Lab.VIP + "-7-udp/reals/10.77.11.2";
        mako.api().put(path, "{\"weight\":0}");
        mako.kill();
        try (Tap tap = Tap.on(lab, Lab.ROUTER, "to-balancer", "ip proto 4 or (udp and src host " + Lab.VIP + ")");
                Datagrams datagrams = Datagrams.to(lab, Lab.VIP)) {
            assertThat(datagrams.ask(0, new byte[] {1})).isEqualTo(HERE);

            // The answer is the first that leaves the balancer.
            assertThat(tap.next()).contains("IP " + Lab.VIP + ".7 > 10.77.1.2.");
        }
        mako = Mako.start(lab, "--mako.forwarding.local-delivery=true").awaitReady();
        mako.api().put(path, "{}");
    }

    private static long packets(String real) {
        return mako.api()
                .get("/api/v1/reals/" + real + "/stats")
                .get("packets")
                .get("total")
                .asLong();
    }
}
