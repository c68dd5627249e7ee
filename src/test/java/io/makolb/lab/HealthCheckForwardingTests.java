package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
