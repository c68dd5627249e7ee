package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients send packets that would not fit with an outer header; the balancer tells them so in the VIP's name. */
@LabTest
class ClientPathMtuTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        // All of the client's way takes more than the balancer does, and the reals offer it.
        lab = Lab.up(Map.of("LAB_CLIENT_PATH_MTU", "1600"));
        lab.exec(Lab.CLIENT, "ip", "link", "set", "eth0", "mtu", "1600");
        mako = Mako.start(lab, "--mako.forwarding.max-frame-size=1514").awaitReady();
        mako.api().vip(Lab.VIP + "-7-tcp", "10.77.11.2", "10.77.12.2");
        mako.api().vip(Lab.VIP6 + "-7-tcp", "fd77:11::2", "fd77:12::2");
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP + ", tooBigV4", Lab.VIP6 + ", tooBigV6"})
    void uploadsArriveInPacketsThatFit(String vip, String counter) {
        long before = mako.api().counter(counter);

        assertThat(Transfers.echo(lab, vip, 300_000)).isEqualTo(300_000);

        // What the client has learnt, of this VIP alone.
        assertThat(lab.exec(Lab.CLIENT, "ip", "route", "get", vip)).contains("mtu 1500");
        assertThat(lab.exec(Lab.CLIENT, "ip", "route", "get", vip.equals(Lab.VIP) ? "10.77.11.2" : "fd77:11::2"))
                .doesNotContain("mtu");
        await(counter)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mako.api().counter(counter)).isGreaterThan(before));
    }
}
