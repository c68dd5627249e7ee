package io.makolb.stats;

import static io.makolb.stats.CounterSamples.DNS;
import static io.makolb.stats.CounterSamples.REAL;
import static io.makolb.stats.CounterSamples.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Condition;
import io.makolb.balancer.Readiness;
import io.makolb.balancer.WriterLoad;
import io.makolb.plane.CounterSample;
import io.makolb.plane.CounterSample.RealCounters;
import io.makolb.plane.CounterSample.VipCounters;
import io.makolb.plane.PlaneCounter;
import io.makolb.plane.PlaneException;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlaneCollectorTests {

    private final FixedStats stats = new FixedStats(StatsSnapshot.NONE);
    private final CountingPlane plane = new CountingPlane(() -> {
        throw new AssertionError("a scrape must not read counters");
    });
    private final PrometheusRegistry registry = new PrometheusRegistry();

    PlaneCollectorTests() {
        registry.register(new PlaneCollector(stats));
        registry.register(new BalancerCollector(
                FixedBalancer.in(new Condition(Condition.State.READY, ""), true, Readiness.READY),
                () -> new WriterLoad(70, 9, 3, 11, 2, 1_500_000, 42_000_000),
                plane));
    }

    @Test
    void everyCounterOfThePlaneIsInExactlyOneSeries() {
        List<PlaneCounter> exported = PlaneFamilies.ALL.stream()
                .flatMap(family -> family.series().stream())
                .map(PlaneFamilies.Series::counter)
                .toList();

        assertThat(exported).containsExactlyInAnyOrder(PlaneCounter.values());
    }

    @Test
    void countersOfThePlaneAreToldApartByCpu() {
        show(CounterSamples.at(1)
                .cpu(Map.of(PlaneCounter.TX_FRAMES, 5L, PlaneCounter.VIP_PACKETS, 6L))
                .cpu(Map.of(PlaneCounter.TX_FRAMES, 7L))
                .build());

        assertThat(scrape())
                .contains("# TYPE mako_plane_frames_total counter")
                .contains("mako_plane_frames_total{cpu=\"0\",verdict=\"tx\"} 5.0")
                .contains("mako_plane_frames_total{cpu=\"1\",verdict=\"tx\"} 7.0")
                .contains("mako_plane_vip_packets_total{cpu=\"0\"} 6.0");
    }

    @Test
    void vipsAndRealsAreNamedAsInTheApi() {
        show(CounterSamples.at(1)
                .vip(WEB, new VipCounters(11, 12, 13, 14, 15, 16, 17, 18))
                .real(REAL, new RealCounters(21, 22))
                .build());

        assertThat(scrape())
                .contains("mako_vip_packets_total{vip=\"10.200.1.1-80-tcp\"} 11.0")
                .contains("mako_vip_bytes_total{vip=\"10.200.1.1-80-tcp\"} 12.0")
                .contains("mako_vip_table_misses_total{kind=\"tcp_syn\",vip=\"10.200.1.1-80-tcp\"} 13.0")
                .contains("mako_vip_table_misses_total{kind=\"tcp_non_syn\",vip=\"10.200.1.1-80-tcp\"} 14.0")
                .contains("mako_vip_table_misses_total{kind=\"udp\",vip=\"10.200.1.1-80-tcp\"} 15.0")
                .contains("mako_vip_dropped_packets_total{vip=\"10.200.1.1-80-tcp\"} 16.0")
                .contains("mako_vip_server_id_new_connections_total{vip=\"10.200.1.1-80-tcp\"} 17.0")
                .contains("mako_vip_server_id_mismatches_total{vip=\"10.200.1.1-80-tcp\"} 18.0")
                .contains("mako_real_packets_total{real=\"10.0.0.1\"} 21.0")
                .contains("mako_real_bytes_total{real=\"10.0.0.1\"} 22.0");
    }

    @Test
    void seriesOfAVipEndWithIt() {
        show(CounterSamples.at(1)
                .vip(WEB, new VipCounters(1, 1, 1, 1, 1, 1, 0, 0))
                .build());
        assertThat(scrape()).contains(WEB.toString());

        show(CounterSamples.at(2)
                .vip(DNS, new VipCounters(2, 2, 2, 2, 2, 2, 0, 0))
                .build());

        assertThat(scrape())
                .doesNotContain(WEB.toString())
                .contains("mako_vip_packets_total{vip=\"fc00:1::1-53-udp\"} 2.0");
    }

    @Test
    void theBalancerSaysWhatItIsAt() {
        assertThat(scrape())
                .contains("mako_condition{state=\"ready\"} 1.0")
                .contains("mako_condition{state=\"foreign\"} 0.0")
                .contains("mako_configuration_revision 7.0")
                .contains("mako_vips_limit 512.0")
                .contains("mako_reals_limit 4095.0")
                .contains("mako_writer_changes_total 70.0")
                .contains("mako_writer_batches_total 9.0")
                .contains("mako_writer_queued_changes 3.0")
                .contains("mako_writer_last_hold_seconds 0.0015")
                .contains("mako_writer_longest_hold_seconds 0.042")
                .contains("mako_writer_long_holds_total 2.0")
                .contains("mako_plane_start_time_seconds 1.7672256005E9");
    }

    @Test
    void aPlaneThatDoesNotSayWhenItWasCreatedDoesNotSpoilTheScrape() {
        plane.failWith(new PlaneException("The map mako_meta cannot be read.", 9, null));

        assertThat(scrape()).contains("mako_condition").doesNotContain("mako_plane_start_time_seconds");
    }

    @Test
    @Tag("contract")
    void promtoolHasNothingToSay() throws IOException, InterruptedException {
        show(CounterSamples.full(1, 3, 3, 2));

        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        promtool.outputWriter(StandardCharsets.UTF_8).append(scrape()).close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    private void show(CounterSample sample) {
        stats.set(Rates.between(null, sample, stats.latest().tick() + 1, Instant.EPOCH));
    }

    private String scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
