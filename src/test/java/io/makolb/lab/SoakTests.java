package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two hundred writers against the packaged jar on a kernel, while it is killed and started again. One minute; {@code ./verify --soak}
 * makes it five.
 */
@LabTest
class SoakTests {

    private static final Logger LOG = LoggerFactory.getLogger(SoakTests.class);
    private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("mako.test.soak", 60));
    private static final int LEAST_KILLS = 2;

    private final long seed = Long.getLong("mako.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Lab lab;
    private Mako mako;

    @BeforeEach
    void start() {
        lab = Lab.up();
        mako = Mako.start(lab).awaitReady();
        for (int n = 0; n < SoakDriver.VIPS; n++) {
            mako.api().put("/api/v1/vips/" + SoakDriver.vip(n), "{}");
        }
    }

    @AfterEach
    void end() {
        mako.close();
        lab.close();
    }

    @Test
    void oneHistoryExplainsWhatTwoHundredWritersWereTold() throws IOException {
        LOG.info("Seed {}; the same again with -Dmako.test.seed={}", seed, seed);
        Process driver = lab.in(
                        Lab.BALANCER,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        "target/test-classes",
                        SoakDriver.class.getName(),
                        Long.toString(seed))
                .start();
        List<String> told = new ArrayList<>();
        int kills = 0;
        try (BufferedReader lines = driver.inputReader()) {
            long begun = System.nanoTime();
            int untilKill = steps();
            boolean toldToStop = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(SoakDriver.PROGRESS)) {
                    told.add(line);
                } else if (toldToStop) {
                    continue;
                } else if (System.nanoTime() - begun > DURATION.toNanos() && kills >= LEAST_KILLS) {
                    driver.getOutputStream().write('\n');
                    driver.getOutputStream().flush();
                    toldToStop = true;
                } else if (--untilKill <= 0) {
                    restart(kills++);
                    untilKill = steps();
                }
            }
        } finally {
            driver.destroyForcibly();
        }
        LOG.info("Seed {}: {} kills and restarts; {}", seed, kills, told);
        assertThat(told).as("seed %s", seed).singleElement().asString().startsWith(SoakDriver.DONE);
        assertThat(told.get(0)).contains(" 0 violations");

        // A take-over reads the kernel back and writes what differs from the store: here nothing does.
        Footprint settled = Footprint.of(lab.pinPath());
        mako.kill();
        mako = Mako.start(lab).awaitReady();
        assertThat(Footprint.of(lab.pinPath())).as("seed %s", seed).isEqualTo(settled);
    }

    /** Acknowledgements, in steps of the driver's progress, until the next kill. */
    private int steps() {
        return 5 + random.nextInt(15);
    }

    /** Two of three are kills in the middle of whatever it does. */
    private void restart(int kills) {
        if (kills == 0 || random.nextInt(3) > 0) {
            mako.kill();
        } else {
            mako.stop();
        }
        mako = Mako.start(lab).awaitReady();
    }
}
