package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.bench.Load;
import io.makolb.sandbox.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The heap of the unit, {@code -Xmx256m}, is enough for the largest configuration that is promised. */
@LabTest
class HeapTests {

    /** Of 256: whoever reads and writes documents of this size needs the rest. */
    private static final long MOST_MEBIBYTES = 112;

    @TempDir
    private Path directory;

    private Lab lab;
    private Mako mako;

    @BeforeEach
    void start() {
        lab = Lab.up();
        mako = Mako.start(
                        lab,
                        "--mako.dataplane.max-vips=" + Load.LARGEST.vips(),
                        "--mako.dataplane.max-reals=" + (Load.LARGEST.reals() + 1))
                .awaitReady();
    }

    @AfterEach
    void end() {
        mako.close();
        lab.close();
    }

    @Test
    void theLargestConfigurationIsAppliedListedFilteredPagedAndExported() throws IOException {
        put(1);
        JsonNode exported = put(1);
        put(2);

        assertThat(memberships(exported)).isEqualTo(Load.LARGEST.members());
        assertThat(memberships(mako.api().get("/api/v1/config"))).isEqualTo(Load.LARGEST.members());
        assertThat(mako.api().get("/api/v1/vips").get("items")).hasSize(Load.LARGEST.vips());
        assertThat(mako.api().get("/api/v1/vips?label=env%3Dprod").get("items")).hasSize(410);
        assertThat(paged()).isEqualTo(Load.LARGEST.vips());
        assertThat(mako.log()).doesNotContain("OutOfMemoryError");
        assertThat(liveBytes() >> 20).as("MiB that are in use after all that").isBetween(16L, MOST_MEBIBYTES);
    }

    /** What a full collection leaves: the last line of a histogram of the living. */
    private long liveBytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = Commands.run(jcmd, Long.toString(mako.pid()), "GC.class_histogram");
        String[] total = histogram
                .strip()
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow()
                .split("\\s+");
        assertThat(total[0]).isEqualTo("Total");
        return Long.parseLong(total[2]);
    }

    private JsonNode put(int weight) throws IOException {
        Path file = Files.writeString(directory.resolve("config.json"), Load.LARGEST.document(weight));
        return mako.api().put("/api/v1/config", "@" + file);
    }

    private static int memberships(JsonNode configuration) {
        int count = 0;
        for (JsonNode vip : configuration.get("vips")) {
            count += vip.get("reals").size();
        }
        return count;
    }

    private int paged() {
        int count = 0;
        String cursor = "";
        do {
            JsonNode page = mako.api().get("/api/v1/vips?limit=1000" + cursor);
            count += page.get("items").size();
            cursor = page.has("next") ? "&cursor=" + page.get("next").asString() : "";
        } while (!cursor.isEmpty());
        return count;
    }
}
