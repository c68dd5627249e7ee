package io.makolb.stats;

import static io.makolb.stats.CounterSamples.DNS;
import static io.makolb.stats.CounterSamples.REAL;
import static io.makolb.stats.CounterSamples.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.makolb.plane.CounterSample;
import io.makolb.plane.CounterSample.RealCounters;
import io.makolb.plane.CounterSample.VipCounters;
import io.makolb.plane.PlaneCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTests {

    private static final long SECOND = 1_000_000_000L;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void firstReadingHasTotalsAndNoRates() {
        CounterSample only = CounterSamples.at(5)
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 7L))
                .vip(WEB, new VipCounters(3, 300, 1, 0, 0, 0, 0, 0))
                .real(REAL, new RealCounters(3, 300))
                .build();

        StatsSnapshot snapshot = Rates.between(null, only, 1, NOW);

        assertThat(snapshot.interval()).isZero();
        assertThat(snapshot.total().get(PlaneCounter.TOTAL_FRAMES)).isEqualTo(new Counted(7, 0));
        assertThat(snapshot.vip(WEB).packets()).isEqualTo(new Counted(3, 0));
        assertThat(snapshot.vip(WEB).placement()).isEmpty();
        assertThat(snapshot.real(REAL).bytes()).isEqualTo(new Counted(300, 0));
    }

    @Test
    void ratesAreGrowthOverTheMonotonicInterval() {
        CounterSample before = CounterSamples.at(SECOND)
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 100L, PlaneCounter.TOTAL_BYTES, 1000L))
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 10L))
                .real(REAL, new RealCounters(50, 5000))
                .build();
        CounterSample now = CounterSamples.at(3 * SECOND)
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 300L, PlaneCounter.TOTAL_BYTES, 2000L))
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 14L))
                .real(REAL, new RealCounters(60, 7000))
                .build();

        StatsSnapshot snapshot = Rates.between(before, now, 2, NOW);

        assertThat(snapshot.tick()).isEqualTo(2);
        assertThat(snapshot.at()).isEqualTo(NOW);
        assertThat(snapshot.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(snapshot.total().get(PlaneCounter.TOTAL_FRAMES)).isEqualTo(new Counted(314, 102));
        assertThat(snapshot.total().packetsPerSecond()).isEqualTo(102);
        assertThat(snapshot.total().bitsPerSecond()).isEqualTo(4000);
        assertThat(snapshot.cpus().get(1).get(PlaneCounter.TOTAL_FRAMES)).isEqualTo(new Counted(14, 2));
        assertThat(snapshot.real(REAL).packets()).isEqualTo(new Counted(60, 5));
        assertThat(snapshot.real(REAL).bitsPerSecond()).isEqualTo(8000);
    }

    @Test
    void placementSplitsPacketsOfVipsByHowTheyWerePlaced() {
        CounterSample before = CounterSamples.at(0).cpu(Map.of()).build();
        CounterSample now = CounterSamples.at(SECOND)
                .cpu(Map.of(
                        PlaneCounter.VIP_PACKETS, 200L,
                        PlaneCounter.TABLE_HITS, 150L,
                        PlaneCounter.MISS_SYN, 30L,
                        PlaneCounter.MISS_NON_SYN, 14L,
                        PlaneCounter.MISS_UDP, 6L))
                .build();

        Placement placement =
                Rates.between(before, now, 2, NOW).total().placement().orElseThrow();

        assertThat(placement).isEqualTo(new Placement(75, 15, 7, 3));
        assertThat(placement.miss()).isEqualTo(25);
    }

    @Test
    void placementOfAVipCountsDropsAsNeitherHitNorMiss() {
        CounterSample before = CounterSamples.at(0)
                .cpu(Map.of())
                .vip(WEB, new VipCounters(0, 0, 0, 0, 0, 0, 0, 0))
                .build();
        CounterSample now = CounterSamples.at(SECOND)
                .cpu(Map.of())
                .vip(WEB, new VipCounters(80, 8000, 10, 4, 2, 20, 0, 0))
                .build();

        VipStats vip = Rates.between(before, now, 2, NOW).vip(WEB);

        assertThat(vip.placement()).contains(new Placement(64, 10, 4, 2));
        assertThat(vip.dropped()).isEqualTo(new Counted(20, 20));
        assertThat(vip.bitsPerSecond()).isEqualTo(64000);
    }

    @Test
    void aPlaneThatStartedAnewHasNoRatesForOneInterval() {
        CounterSample before = CounterSamples.at(0)
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 100L))
                .vip(WEB, new VipCounters(5, 5, 0, 0, 0, 0, 0, 0))
                .build();
        CounterSample now = CounterSamples.at(SECOND)
                .cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 99L, PlaneCounter.TX_FRAMES, 40L))
                .vip(WEB, new VipCounters(7, 7, 0, 0, 0, 0, 0, 0))
                .build();

        StatsSnapshot snapshot = Rates.between(before, now, 2, NOW);

        assertThat(snapshot.interval()).isZero();
        assertThat(snapshot.total().get(PlaneCounter.TX_FRAMES)).isEqualTo(new Counted(40, 0));
        assertThat(snapshot.vip(WEB).packets()).isEqualTo(new Counted(7, 0));
    }

    @Test
    void aVipOrRealThatStartedAnewHasNoRatesForOneIntervalButTheOthersDo() {
        CounterSample before = CounterSamples.at(0)
                .cpu(Map.of())
                .vip(WEB, new VipCounters(100, 100, 9, 0, 0, 0, 0, 0))
                .vip(DNS, new VipCounters(10, 10, 0, 0, 0, 0, 0, 0))
                .real(REAL, new RealCounters(10, 10))
                .build();
        CounterSample now = CounterSamples.at(SECOND)
                .cpu(Map.of())
                .vip(WEB, new VipCounters(200, 200, 1, 0, 0, 0, 0, 0))
                .vip(DNS, new VipCounters(14, 14, 0, 0, 0, 0, 0, 0))
                .real(REAL, new RealCounters(20, 9))
                .build();

        StatsSnapshot snapshot = Rates.between(before, now, 2, NOW);

        assertThat(snapshot.vip(WEB).packets()).isEqualTo(new Counted(200, 0));
        assertThat(snapshot.vip(DNS).packets()).isEqualTo(new Counted(14, 4));
        assertThat(snapshot.real(REAL).packets()).isEqualTo(new Counted(20, 0));
    }

    @Test
    void aVipThatIsNewOrGoneIsNoTrouble() {
        CounterSample before = CounterSamples.at(0)
                .cpu(Map.of())
                .vip(WEB, new VipCounters(100, 100, 0, 0, 0, 0, 0, 0))
                .build();
        CounterSample now = CounterSamples.at(SECOND)
                .cpu(Map.of())
                .vip(DNS, new VipCounters(50, 50, 0, 0, 0, 0, 0, 0))
                .build();

        StatsSnapshot snapshot = Rates.between(before, now, 2, NOW);

        assertThat(snapshot.vips()).containsOnlyKeys(DNS);
        assertThat(snapshot.vip(DNS).packets()).isEqualTo(new Counted(50, 0));
        assertThat(snapshot.vip(WEB)).isEqualTo(VipStats.ZERO);
    }

    @Test
    void twoReadingsAtTheSameMomentHaveNoRates() {
        CounterSample before =
                CounterSamples.at(9).cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 1L)).build();
        CounterSample now =
                CounterSamples.at(9).cpu(Map.of(PlaneCounter.TOTAL_FRAMES, 2L)).build();

        assertThat(Rates.between(before, now, 2, NOW).total().packetsPerSecond())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noRateIsEverNegativeAndNoShareLeavesItsBounds(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        CounterSample before = null;
        long nanos = 0;
        for (int tick = 1; tick <= 50; tick++) {
            nanos += random.nextLong(0, 2 * SECOND);
            CounterSample now = randomSample(random, nanos);
            StatsSnapshot snapshot = Rates.between(before, now, tick, NOW);
            for (PlaneStats plane : snapshot.cpus()) {
                assertThat(plane.counters().values()).allMatch(counted -> counted.perSecond() >= 0);
            }
            snapshot.total().placement().ifPresent(RatesTests::assertWithinBounds);
            snapshot.vip(WEB).placement().ifPresent(RatesTests::assertWithinBounds);
            assertThat(snapshot.vip(WEB).packets().perSecond()).isNotNegative().isFinite();
            assertThat(snapshot.total().get(PlaneCounter.TX_FRAMES).perSecond())
                    .isCloseTo(
                            snapshot.cpus().stream()
                                    .mapToDouble(cpu ->
                                            cpu.get(PlaneCounter.TX_FRAMES).perSecond())
                                    .sum(),
                            within(1e-3));
            before = now;
        }
    }

    private static CounterSample randomSample(RandomGenerator random, long nanos) {
        CounterSamples samples = CounterSamples.at(nanos);
        for (int cpu = 0; cpu < 2; cpu++) {
            EnumMap<PlaneCounter, Long> counters = new EnumMap<>(PlaneCounter.class);
            for (PlaneCounter counter : PlaneCounter.values()) {
                // Mostly growing, now and then started anew.
                counters.put(counter, random.nextInt(20) == 0 ? 0 : nanos / 1000 + random.nextInt(1000));
            }
            samples.cpu(counters);
        }
        long[] v = random.longs(8, 0, 1000).toArray();
        return samples.vip(WEB, new VipCounters(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]))
                .build();
    }

    private static void assertWithinBounds(Placement placement) {
        assertThat(placement.hit()).isBetween(0.0, 100.0);
        assertThat(placement.missSyn()).isBetween(0.0, 100.0);
        assertThat(placement.missNonSyn()).isBetween(0.0, 100.0);
        assertThat(placement.missUdp()).isBetween(0.0, 100.0);
    }
}
