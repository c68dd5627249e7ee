package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.BetterOnPurpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the process may suffer without a packet or a flow suffering with it. */
@LabTest
class SurvivalTests {

    private static final int PACKETS_PER_SECOND = 2000;

    /** In the names of calls that change the kernel. */
    private static final String[] WRITES = {"_UPDATE_", "_DELETE_", "BPF_LINK_CREATE", "BPF_LINK_DETACH", "BPF_OBJ_PIN"
    };

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up(Map.of("LAB_SPREAD", "1", "LAB_REALS", "3"));
        mako = Mako.start(lab).awaitReady();
        for (String service : new String[] {"80-tcp", "7-tcp", "7-udp"}) {
            mako.api().vip(Lab.VIP + "-" + service, "10.77.11.2", "10.77.12.2");
            mako.api().vip(Lab.VIP6 + "-" + service, "fd77:11::2", "fd77:12::2");
        }
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @Test
    @BetterOnPurpose("everything is detached when the process exits")
    void aKilledProcessCostsNoPacketAndMovesNoFlow() {
        try (Probe udp = Probe.udp(lab, Lab.VIP, PACKETS_PER_SECOND);
                Probe udp6 = Probe.udp(lab, Lab.VIP6, PACKETS_PER_SECOND);
                Probe tcp = Probe.tcp(lab, Lab.VIP);
                Connections connections = Connections.open(lab, Lab.VIP, 80, 300)) {
            mako.kill();
            mako = Mako.start(lab).awaitReady();

            assertThat(connections.askAgain()).isEqualTo(connections.reals());
            assertUnharmed(udp.finish());
            assertUnharmed(udp6.finish());
            assertThat(tcp.finish().get("retransmits").intValue()).isZero();
        }
    }

    @Test
    void aRestartWithUnchangedConfigurationWritesNothing() throws Exception {
        Footprint before = Footprint.of(lab.pinPath());
        JsonNode configuration = mako.api().get("/api/v1/config");

        Path calls = restartTraced();

        assertThat(Footprint.of(lab.pinPath())).isEqualTo(before);
        assertThat(before.maps()).isNotEmpty();
        assertThat(before.links()).containsOnlyKeys("link_native_eth0", "egress_link_eth0");
        assertThat(mako.api().get("/api/v1/config")).isEqualTo(configuration);
        assertThat(Files.readString(calls)).contains("BPF_OBJ_GET").doesNotContain(WRITES);
    }

    /** Stores into mapped memory are no calls; the footprint compares what they would have changed. */
    @Test
    void whatAGetAnsweredIsPutBackWithoutAWriteToTheKernel() throws Exception {
        Path calls = restartTraced();
        Footprint before = Footprint.of(lab.pinPath());
        int revision =
                mako.api().get("/api/v1/revisions?limit=1").get("revision").intValue();
        String vip = "/api/v1/vips/" + Lab.VIP + "-80-tcp";

        for (String path : List.of(
                "/api/v1/config",
                vip,
                vip + "/reals",
                vip + "/reals/10.77.11.2",
                "/api/v1/reals/10.77.11.2",
                "/api/v1/dataplane/interfaces/eth0",
                "/api/v1/dataplane/attachment",
                "/api/v1/dataplane/gateway")) {
            for (String query : List.of("", "?include=status")) {
                if (query.isEmpty() || !path.matches(".*/(config|attachment|gateway)")) {
                    mako.api().put(path, mako.api().text(path + query));
                }
            }
        }

        assertThat(Footprint.of(lab.pinPath())).isEqualTo(before);
        assertThat(mako.api().get("/api/v1/revisions?limit=1").get("revision").intValue())
                .isEqualTo(revision);
        assertThat(Files.readString(calls)).contains("BPF_OBJ_GET").doesNotContain(WRITES);
        mako.api().put(vip + "/reals/10.77.11.2", "{\"weight\":2}");
        assertThat(Footprint.of(lab.pinPath())).as("after a change").isNotEqualTo(before);
        mako.api().put(vip + "/reals/10.77.11.2", "{}");
    }

    /** Another process takes over, and tells its calls of bpf(). */
    private static Path restartTraced() {
        Path calls = Path.of("target", "logs", lab.id() + "-" + System.nanoTime() + ".strace");
        mako.stop();
        // -D: the process keeps its number, strace is the child
        mako = Mako.start(lab, List.of("strace", "-D", "-f", "-e", "trace=bpf", "-o", calls.toString()))
                .awaitReady();
        return calls;
    }

    @Test
    void changesOfTheRealsMoveNoConnectionOfAnother() {
        String reals = "/api/v1/vips/" + Lab.VIP + "-80-tcp/reals/";
        try (Connections connections = Connections.open(lab, Lab.VIP, 80, 300)) {
            mako.api().put(reals + "10.77.13.2", "{\"weight\":10}");
            mako.api().put(reals + "10.77.11.2", "{\"weight\":30}");
            assertThat(connections.askAgain()).isEqualTo(connections.reals());
            try (Connections later = Connections.open(lab, Lab.VIP, 80, 300)) {
                assertThat(later.reals().values()).contains("s1", "s2", "s3");

                mako.api().delete(reals + "10.77.13.2");
                mako.api().put(reals + "10.77.11.2", "{\"weight\":10}");

                Map<Integer, String> now = later.askAgain();
                later.reals().forEach((port, real) -> {
                    if (!real.equals("s3")) {
                        assertThat(now).containsEntry(port, real);
                    }
                });
            }
            assertThat(connections.askAgain()).isEqualTo(connections.reals());
        }
    }

    private static void assertUnharmed(JsonNode account) {
        assertThat(account.get("lost")).as(account.toString()).isEmpty();
        assertThat(account.get("received").intValue())
                .isEqualTo(account.get("sent").intValue());
        assertThat(account.get("moves").intValue()).as(account.toString()).isZero();
    }
}
