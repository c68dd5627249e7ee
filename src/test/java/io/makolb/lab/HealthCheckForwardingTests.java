package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.BetterOnPurpose;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program on the balancer marks its packets; each leaves to the real of its mark, whether Mako lives or not. */
@LabTest
class HealthCheckForwardingTests {

    private static final String SEND = """
            import socket, sys
            family, mark, address = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
            s = socket.socket(socket.AF_INET6 if family == 6 else socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(socket.SOL_SOCKET, 36, mark)
            s.sendto(b'are you there?', (address, 7))
            """;

    /** Prints how many bytes an echo server gave back of those it was sent at once. */
    private static final String ECHO = """
            import socket, sys, threading
            mark, address, size = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
            s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            s.setsockopt(socket.SOL_SOCKET, 36, mark)
            s.settimeout(20)
            s.connect((address, 7))
            def send():
                s.sendall(bytes(size))
                s.shutdown(socket.SHUT_WR)
            threading.Thread(target=send).start()
            got = 0
            while data := s.recv(65536):
                got += len(data)
            print(got)
            """;

    /** Of the links inside the lab. */
    private static final int MTU = 1600;

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up(Map.of());
        mako = Mako.start(lab).awaitReady();
        mako.api().put("/api/v1/healthcheck-marks/1000", "{\"real\":\"10.77.11.2\"}");
        mako.api().put("/api/v1/healthcheck-marks/1001", "{\"real\":\"fd77:12::2\"}");
        mako.api().put("/api/v1/healthcheck-marks/1002", "{\"real\":\"fd77:11::2\"}");
        mako.api().put("/api/v1/healthcheck-keys/" + Lab.VIP + "-7-udp", "{}");
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @Test
    void eachMarkReachesItsRealAndGoesOnWithoutTheProcess() {
        assertEachReachesItsReal();

        mako.kill();
        assertEachReachesItsReal();

        Footprint before = Footprint.of(lab.pinPath());
        mako = Mako.start(lab).awaitReady();
        assertThat(Footprint.of(lab.pinPath())).isEqualTo(before);
        assertEachReachesItsReal();
    }

    /** The kernel hands over segments that are longer than a frame, which the device cuts. */
    @BetterOnPurpose("health checks of several segments are cut so that they arrive damaged (`FIXED_GSO`)")
    @ParameterizedTest
    @ValueSource(ints = {1000, 1001})
    void whatIsSentInLargeSegmentsArrives(int mark) {
        String answer =
                lab.exec(Lab.BALANCER, "/usr/bin/python3", "-c", ECHO, String.valueOf(mark), Lab.VIP, "3000000");

        assertThat(answer.strip()).isEqualTo("3000000");
    }

    /** As programs send that speak QUIC. A datagram stays one, whatever is put around it. */
    @ParameterizedTest
    @CsvSource({"1000, " + Lab.VIP + ", s1", "1001, " + Lab.VIP + ", s2", "1002, " + Lab.VIP6 + ", s1"})
    void datagramsThatAreSentInOnePieceArriveAsTheyWere(String mark, String vip, String real) {
        assertThat(segments(mark, vip, 1200, 8)).isEqualTo(real + " 8");
        assertThat(segments(mark, vip, 1, 3)).isEqualTo(real + " 3");
    }

    /** Each would be dropped further down, where nobody counts. */
    @ParameterizedTest
    @CsvSource({"1000, " + Lab.VIP + ", 28, 20", "1001, " + Lab.VIP + ", 28, 40", "1002, " + Lab.VIP6 + ", 48, 40"})
    void datagramsThatDoNotFitWithTheirOuterHeaderAreCounted(String mark, String vip, int inner, int outer) {
        int fits = MTU - inner - outer;
        long before = count("healthcheckTooBig");

        assertThat(segments(mark, vip, fits, 2)).endsWith(" 2");
        assertThat(segments(mark, vip, fits + 1, 2)).isEqualTo("nobody");

        await().untilAsserted(() -> assertThat(count("healthcheckTooBig")).isEqualTo(before + 1));
    }

    private static String segments(String mark, String vip, int size, int number) {
        return lab.exec(
                        Lab.BALANCER,
                        "/usr/bin/python3",
                        "src/lab/udp-segments.py",
                        mark,
                        vip,
                        String.valueOf(size),
                        String.valueOf(number))
                .strip();
    }

    /** As of the last tick: up to a second old. */
    private static long count(String counter) {
        return mako.api()
                .get("/api/v1/stats")
                .get("counters")
                .get(counter)
                .get("total")
                .asLong();
    }

    private static void assertEachReachesItsReal() {
        try (Tap tap = Tap.on(lab, Lab.ROUTER, "to-balancer", "ip proto 4 or ip6 proto 4 or ip6 proto 41")) {
            send(4, 1000, Lab.VIP);
            assertThat(tap.next()).contains("10.77.2.2 > 10.77.11.2: IP 10.77.2.2.", "> 10.200.1.1.7: UDP, length 14");
            send(4, 1001, Lab.VIP);
            assertThat(tap.next()).contains("fd77:2::2 > fd77:12::2: IP 10.77.2.2.", "> 10.200.1.1.7: UDP, length 14");
            send(6, 1002, Lab.VIP6);
            assertThat(tap.next()).contains("fd77:2::2 > fd77:11::2: IP6 fd77:2::2.", "> fc00:1::1.7: UDP, length 14");
        }
    }

    private static void send(int family, int mark, String address) {
        lab.exec(Lab.BALANCER, "/usr/bin/python3", "-c", SEND, String.valueOf(family), String.valueOf(mark), address);
    }
}
