package io.makolb.stats;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Condition;
import io.makolb.balancer.Snapshot;
import io.makolb.balancer.WriterLoad;
import io.makolb.balancer.WriterStatistics;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneLimits;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the balancer is at: its condition, how full it is, and since when its counters run. */
final class BalancerCollector implements MultiCollector {

    private static final Logger log = LoggerFactory.getLogger(BalancerCollector.class);
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Balancer balancer;
    private final WriterStatistics writer;
    private final ForwardingPlane plane;

    BalancerCollector(Balancer balancer, WriterStatistics writer, ForwardingPlane plane) {
        this.balancer = balancer;
        this.writer = writer;
        this.plane = plane;
    }

    @Override
    public MetricSnapshots collect() {
        Snapshot snapshot = balancer.snapshot();
        PlaneLimits limits = snapshot.image().limits();
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(condition(snapshot.condition().state()));
        families.add(
                gauge("mako_configuration_revision", "Revision of the configuration in force.", snapshot.revision()));
        families.add(gauge(
                "mako_vips", "VIPs that packets obey.", snapshot.image().vips().size()));
        families.add(gauge("mako_vips_limit", "VIPs that there can be.", limits.maxVips()));
        families.add(gauge(
                "mako_reals",
                "Reals that packets obey.",
                snapshot.image().reals().size()));
        // Index 0 means "none" to the kernel.
        families.add(gauge("mako_reals_limit", "Reals that there can be.", limits.maxReals() - 1.0));
        writer(families);
        startTime(families);
        return new MetricSnapshots(families);
    }

    private static MetricSnapshot condition(Condition.State now) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        for (Condition.State state : Condition.State.values()) {
            points.add(new GaugeDataPointSnapshot(
                    state == now ? 1 : 0, Labels.of("state", state.name().toLowerCase(Locale.ROOT)), null));
        }
        return new GaugeSnapshot(
                new MetricMetadata("mako_condition", "1 for the state that the balancer is in, 0 for every other."),
                points);
    }

    private void writer(List<MetricSnapshot> families) {
        WriterLoad load = writer.writerLoad();
        families.add(counter("mako_writer_changes", "Changes answered, refused ones included.", load.changes()));
        families.add(counter("mako_writer_batches", "Groups that changes were handled in.", load.batches()));
        families.add(gauge("mako_writer_queued_changes", "Changes that wait for the writer.", load.queued()));
        families.add(counter(
                "mako_writer_holds",
                "Turns of the writer: batches of changes, what the machine said, parts of large changes, repairs.",
                load.holds()));
        families.add(
                counter("mako_writer_long_holds", "Turns that kept the writer longer than 50 ms.", load.longHolds()));
        families.add(gauge(
                "mako_writer_last_hold_seconds",
                "How long the last turn kept the writer.",
                load.lastHoldNanos() / NANOS_PER_SECOND));
        families.add(gauge(
                "mako_writer_longest_hold_seconds",
                "The longest that a turn has kept the writer since the start of the process.",
                load.longestHoldNanos() / NANOS_PER_SECOND));
    }

    private void startTime(List<MetricSnapshot> families) {
        try {
            plane.meta()
                    .ifPresent(meta -> families.add(gauge(
                            "mako_plane_start_time_seconds",
                            "Since when the plane's counters run, in seconds since the epoch.",
                            seconds(meta.createdAt()))));
        } catch (PlaneException e) {
            log.debug("The plane does not say when it was created; the metric is left out.", e);
        }
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / MILLIS_PER_SECOND;
    }

    private static MetricSnapshot counter(String name, String help, long value) {
        return new CounterSnapshot(
                new MetricMetadata(name, help), List.of(new CounterDataPointSnapshot(value, Labels.EMPTY, null, 0)));
    }

    private static MetricSnapshot gauge(String name, String help, double value) {
        return new GaugeSnapshot(
                new MetricMetadata(name, help), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }
}
