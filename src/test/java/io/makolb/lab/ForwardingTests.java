package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@LabTest
class ForwardingTests {

    private static final String REAL_1 = "10.77.11.2";
    private static final String REAL_2 = "10.77.12.2";
    private static final String REAL_1_V6 = "fd77:11::2";
    private static final String REAL_2_V6 = "fd77:12::2";

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        // Full-sized answers do not fit through the router's port to the client.
        lab = Lab.up(Map.of("LAB_SPREAD", "1", "LAB_CLIENT_PATH_MTU", "1400"));
        mako = Mako.start(lab).awaitReady();
        Api api = mako.api();
        for (String service : new String[] {"80-tcp", "7-tcp", "7-udp"}) {
            api.vip(Lab.VIP + "-" + service, REAL_1, REAL_2);
            api.vip(Lab.VIP6 + "-" + service, REAL_1_V6, REAL_2_V6);
        }
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @ParameterizedTest
    @MethodSource
    void everyConnectionReachesTheRealThatTheModelPredicts(String vip, Prediction prediction) {
        try (Connections connections = Connections.open(lab, vip, 80, 1000)) {
            Map<Integer, String> reals = connections.reals();

            Map<String, Long> right = reals.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(prediction.realFor(entry.getKey())))
                    .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.counting()));
            assertThat(right.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
            assertThat(right).containsOnlyKeys("s1", "s2");
            assertThat(connections.askAgain()).isEqualTo(reals);
        }
    }

    static Stream<Arguments> everyConnectionReachesTheRealThatTheModelPredicts() {
        return Stream.of(
                arguments(Lab.VIP, new Prediction("10.77.1.2", Lab.VIP, 80, List.of(REAL_1, REAL_2))),
                arguments(Lab.VIP6, new Prediction("fd77:1::2", Lab.VIP6, 80, List.of(REAL_1_V6, REAL_2_V6))));
    }

    @Test
    void theOuterSourceIsMadeOfTheClientsAddressAndPort() {
        mako.api().vip(Lab.VIP + "-8080-tcp", REAL_1);
        try (Tap tap = Tap.on(lab, Lab.ROUTER, "to-s1", "ip proto 4")) {
            lab.exec(Lab.CLIENT, "curl", "-sS", "http://" + Lab.VIP + ":8080/");

            MatchResult packet = Tap.match(
                    "IP (172\\.16\\.\\d+\\.\\d+) > 10\\.77\\.11\\.2: IP 10\\.77\\.1\\.2\\.(\\d+) > 10\\.200\\.1\\.1\\.8080: .*",
                    tap.next());
            int port = Integer.parseInt(packet.group(2));
            assertThat(packet.group(1)).isEqualTo("172.16.%d.%d", 1 ^ (port & 0xff), 2 ^ (port >> 8));
        }
    }

    @Test
    void anIpv4VipCanHaveIpv6Reals() {
        mako.api().vip(Lab.VIP + "-8080-tcp", REAL_2_V6);
        try (Tap tap = Tap.on(lab, Lab.ROUTER, "to-s2", "ip6 proto 4")) {
            assertThat(lab.exec(Lab.CLIENT, "curl", "-sS", "http://" + Lab.VIP + ":8080/"))
                    .startsWith("real s2: hello 10.77.1.2");
            assertThat(tap.next()).startsWith("IP6 100::").contains(" > fd77:12::2: IP 10.77.1.2.");
        }
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP + ", " + Lab.VIP + ", 10.77.1.2", "[" + Lab.VIP6 + "], " + Lab.VIP6 + ", fd77:1::2"})
    void pathMtuErrorsReachTheRealThatSends(String host, String vip, String client) {
        assertThat(Transfers.download(lab, host, 1_000_000)).isEqualTo(1_000_000);
        assertThat(lab.exec("s1", "ip", "route", "get", client, "from", vip)
                        + lab.exec("s2", "ip", "route", "get", client, "from", vip))
                .contains("mtu 1400");
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP, Lab.VIP6})
    void uploadsOfFullPacketsArrive(String vip) {
        assertThat(Transfers.echo(lab, vip, 300_000)).isEqualTo(300_000);
    }
}
