package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there afterwards, and a working plane is never lost to a store that does not know it. */
@LabTest
class DurabilityTests {

    private static final String VIP = Lab.VIP + "-80-tcp";
    private static final String REALS = "/api/v1/vips/10.200.2.2-80-tcp/reals";
    private static final int CHANGES = 1000;

    private Lab lab;
    private Mako mako;

    @BeforeEach
    void start() {
        lab = Lab.up();
        mako = Mako.start(lab).awaitReady();
        mako.api().vip(VIP, "10.77.11.2");
    }

    @AfterEach
    void end() {
        mako.close();
        lab.close();
    }

    @Test
    void everyAcknowledgedChangeSurvivesAKillInTheMiddle() throws IOException {
        mako.api().put("/api/v1/vips/10.200.2.2-80-tcp", "{}");
        Path requests = lab.directory().resolve("changes");
        Files.writeString(
                requests,
                IntStream.range(0, CHANGES).mapToObj(DurabilityTests::request).collect(Collectors.joining("next\n")));
        Process changes =
                lab.in(Lab.BALANCER, "curl", "-sK", requests.toString()).startJoined();
        int acknowledged = 0;
        try (BufferedReader answers = changes.inputReader()) {
            for (String status = answers.readLine(); status != null; status = answers.readLine()) {
                acknowledged += status.equals("201") ? 1 : 0;
                if (acknowledged == CHANGES / 4) {
                    mako.kill();
                }
            }
        }
        mako = Mako.start(lab).awaitReady();

        Set<String> there = mako.api()
                .get(REALS)
                .get("items")
                .valueStream()
                .map(item -> item.get("address").stringValue())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(acknowledged).isBetween(CHANGES / 4, CHANGES - 1);
        assertThat(there)
                .containsAll(IntStream.range(0, acknowledged)
                        .mapToObj(DurabilityTests::real)
                        .toList());
        // The change under way when it was killed may have become durable without an answer.
        assertThat(there).hasSizeBetween(acknowledged, acknowledged + 1);
        assertThat(curl()).startsWith("real s1");

        // A take-over reads the kernel back and writes what differs from the store: here nothing does.
        Footprint settled = Footprint.of(lab.pinPath());
        mako.kill();
        mako = Mako.start(lab).awaitReady();
        assertThat(Footprint.of(lab.pinPath())).isEqualTo(settled);
    }

    @Test
    void aPlaneThatTheStoreDoesNotKnowIsLeftAloneUntilSomebodyDecides() throws IOException {
        Footprint before = Footprint.of(lab.pinPath());
        loseTheStore();
        mako = Mako.start(lab).awaitAlive();

        assertThat(mako.api().status("GET", "/actuator/health/readiness", "")).isEqualTo(503);
        assertThat(mako.api().status("PUT", "/api/v1/vips/10.200.2.2-80-tcp", "{}"))
                .isEqualTo(409);
        assertThat(Footprint.of(lab.pinPath())).isEqualTo(before);
        assertThat(curl()).startsWith("real s1");

        mako.api().post("/api/v1/dataplane/adopt", "{\"from\":\"KERNEL\"}");
        mako.awaitReady();
        assertThat(mako.api().get("/api/v1/vips/" + VIP + "/reals").get("items"))
                .hasSize(1);
        assertThat(curl()).startsWith("real s1");

        loseTheStore();
        mako = Mako.start(lab).awaitAlive();
        mako.api().post("/api/v1/dataplane/adopt", "{\"from\":\"STORE\"}");
        mako.awaitReady();
        assertThat(mako.api().get("/api/v1/vips").get("items")).isEmpty();
        assertThat(lab.in(Lab.CLIENT, "curl", "-s", "--max-time", "3", "http://" + Lab.VIP + "/")
                        .status())
                .isNotZero();
    }

    private void loseTheStore() throws IOException {
        mako.kill();
        try (Stream<Path> files = Files.list(lab.store().getParent())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private String curl() {
        return lab.exec(Lab.CLIENT, "curl", "-sS", "--max-time", "10", "http://" + Lab.VIP + "/");
    }

    private static String real(int number) {
        return "10.78.%d.%d".formatted(number / 250, 1 + number % 250);
    }

    /** A request in curl's own notation; the status goes to standard error, which nothing holds back. */
    private static String request(int number) {
        return """
                url = "http://127.0.0.1:8080%s/%s"
                request = "PUT"
                header = "Content-Type: application/json"
                data = "{}"
                output = "/dev/null"
                write-out = "%%{stderr}%%{http_code}\\n"
                """.formatted(REALS, real(number));
    }
}
