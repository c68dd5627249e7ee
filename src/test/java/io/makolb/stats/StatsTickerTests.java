package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.plane.PlaneCounter;
import io.makolb.plane.PlaneException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatsTickerTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final AtomicInteger readings = new AtomicInteger();
    private final CountingPlane plane = new CountingPlane(() -> {
        int reading = readings.incrementAndGet();
        return CounterSamples.at(1_000_000_000L * reading)
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 10L * reading))
                .build();
    });
    private final StatsTicker ticker = new StatsTicker(plane, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void nothingIsKnownBeforeTheFirstTick() {
        assertThat(ticker.latest()).isEqualTo(StatsSnapshot.NONE);
    }

    @Test
    void everyTickReadsOnceAndAskingReadsNothing() {
        ticker.tick();
        ticker.tick();
        ticker.latest();

        assertThat(readings).hasValue(2);
        assertThat(ticker.latest().tick()).isEqualTo(2);
        assertThat(ticker.latest().at()).isEqualTo(NOW);
        assertThat(ticker.latest().total().packetsPerSecond()).isEqualTo(10);
    }

    @Test
    void aReadingThatFailsLeavesTheLastNumbersAndTheNextOneGoesOn() {
        ticker.tick();
        plane.failWith(new PlaneException("The map mako_counters cannot be read.", 22, null));
        ticker.tick();
        assertThat(ticker.latest().tick()).isEqualTo(1);

        plane.recover();
        ticker.tick();

        assertThat(ticker.latest().tick()).isEqualTo(2);
        assertThat(ticker.latest().total().packetsPerSecond()).isEqualTo(10);
    }

    @Test
    void startReadsAtOnceAndThenByItself() {
        ticker.start();
        try {
            assertThat(ticker.isRunning()).isTrue();
            assertThat(ticker.latest().tick()).isEqualTo(1);
            await().until(() -> ticker.latest().tick() >= 2);
        } finally {
            ticker.stop();
        }
        assertThat(ticker.isRunning()).isFalse();
    }

    @Test
    void listenersSeeWhatLatestShows() {
        AtomicInteger seen = new AtomicInteger();
        ticker.subscribe(snapshot -> seen.set((int) snapshot.tick()));

        ticker.tick();

        await().until(() -> seen.get() == 1);
    }
}
