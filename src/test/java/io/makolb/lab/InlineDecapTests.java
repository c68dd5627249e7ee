package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tunnels that end at the balancer: what was inside is balanced, or goes on to where it is addressed. */
@LabTest
class InlineDecapTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up();
        mako = Mako.start(lab, "--mako.forwarding.inline-decap=IPIP,GUE").awaitReady();
        mako.api().vip(Lab.VIP + "-7-udp", "10.77.11.2");
        mako.api().vip(Lab.VIP6 + "-7-udp", "fd77:12::2");
        for (String destination : new String[] {"10.77.2.2", "fd77:2::2"}) {
            mako.api().put("/api/v1/decap-destinations/" + destination, "{}");
        }
        for (String destination : new String[] {Lab.VIP, Lab.VIP6}) {
            mako.api().put("/api/v1/decap-destinations/" + destination, "{\"mode\":\"EGRESS\"}");
        }
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    /** What leaves again finds its way back to the VIP, this time without a tunnel. */
    @ParameterizedTest
    @CsvSource({
        "ipip, 10.77.1.2, 10.77.2.2, decapInline",
        "gue, 10.77.1.2, 10.77.2.2, decapInline",
        "gue, 10.77.1.2, fd77:2::2, decapInline",
        "ipip, fd77:1::2, fd77:2::2, decapInline",
        "gue, fd77:1::2, 10.77.2.2, decapInline",
        "ipip, 10.77.1.2, 10.200.1.1, decapEgress",
        "gue, fd77:1::2, fc00:1::1, decapEgress"
    })
    void theAnswerComesWithoutATunnel(String tunnel, String client, String destination, String counter) {
        String vip = client.contains(":") ? Lab.VIP6 : Lab.VIP;
        String real = client.contains(":") ? "s2" : "s1";

        long before = mako.api().counter(counter);

        String answer =
                lab.exec(Lab.CLIENT, "/usr/bin/python3", "src/lab/tunnelled-echo.py", tunnel, client, destination, vip);

        assertThat(answer.strip()).isEqualTo(vip + " " + real + " through a tunnel");
        await(counter)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mako.api().counter(counter)).isEqualTo(before + 1));
    }
}
