package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reals behind UDP encapsulation, with sources found on the interface. */
@LabTest
class GueTests {

    private static final String REAL_1 = "10.77.11.2";
    private static final String REAL_1_V6 = "fd77:11::2";

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up();
        mako = Mako.start(lab, "--mako.forwarding.encapsulation=GUE").awaitReady();
        for (String service : List.of("80-tcp", "7-tcp", "7-udp")) {
            mako.api().vip(Lab.VIP + "-" + service, REAL_1, "10.77.12.2");
            mako.api().vip(Lab.VIP6 + "-" + service, REAL_1_V6, "fd77:12::2");
        }
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @Test
    void thePlaneSaysHowItForwards() {
        assertThat(mako.api().get("/api/v1/dataplane").get("features").toString())
                .contains("\"encapsulation\":\"GUE\"")
                .contains("\"encapSourceV4\":\"10.77.2.2\"")
                .contains("\"encapSourceV6\":\"fd77:2::2\"");
    }

    /** tcpdump computes the checksum over the whole packet. */
    @ParameterizedTest
    @CsvSource({
        Lab.VIP + ", " + Lab.VIP + ", " + REAL_1 + ", 10.77.2.2, 20",
        Lab.VIP + ", " + Lab.VIP + ", " + REAL_1_V6 + ", fd77:2::2, 20",
        Lab.VIP6 + ", [" + Lab.VIP6 + "], " + REAL_1_V6 + ", fd77:2::2, 40"
    })
    void requestsReachTheRealInUdpWithARightChecksum(
            String vip, String host, String real, String source, int innerHeader) {
        mako.api().vip(vip + "-8080-tcp", real);
        String filter = (real.contains(":") ? "ip6" : "ip") + " host " + real + " and udp port 6080";
        try (Tap tap = Tap.verbose(lab, Lab.ROUTER, "to-s1", filter)) {
            lab.exec(Lab.CLIENT, "curl", "-sS", "http://" + host + ":8080/");

            // Until the SYN, an IP header and a TCP header with its options: others may still say goodbye.
            int length = 0;
            while (length != innerHeader + 40) {
                MatchResult packet = Tap.match(
                        ".*" + Pattern.quote(source) + "\\.\\d+ > " + Pattern.quote(real)
                                + "\\.6080: \\[udp sum ok\\] UDP, length (\\d+).*",
                        datagram(tap));
                length = Integer.parseInt(packet.group(1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP, "[" + Lab.VIP6 + "]"})
    void largeAnswersArrive(String host) {
        assertThat(Transfers.download(lab, host, 1_000_000)).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP, Lab.VIP6})
    void uploadsOfFullPacketsArrive(String vip) {
        assertThat(Transfers.echo(lab, vip, 300_000)).isEqualTo(300_000);
    }

    /** Health checks of which the kernel is handed several datagrams in one piece: each has a UDP header of its own around it. */
    @ParameterizedTest
    @CsvSource({REAL_1 + ", " + Lab.VIP, REAL_1_V6 + ", " + Lab.VIP, REAL_1_V6 + ", " + Lab.VIP6})
    void markedDatagramsThatAreSentInOnePieceArriveAsTheyWere(String real, String vip) {
        mako.api().put("/api/v1/healthcheck-marks/1000", "{\"real\":\"" + real + "\"}");

        String answer = lab.exec(Lab.BALANCER, "/usr/bin/python3", "src/lab/udp-segments.py", "1000", vip, "1200", "8");

        assertThat(answer.strip()).isEqualTo("s1 8");
    }

    /** IPv4 headers have a line of their own. */
    private static String datagram(Tap tap) {
        String text = tap.next();
        return text.contains("UDP, length") ? text : text + tap.next();
    }
}
