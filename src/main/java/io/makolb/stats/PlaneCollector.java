package io.makolb.stats;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.PlaneCounter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Counters of the plane, of its VIPs and of its reals as Prometheus metrics, from the snapshot of the last tick: ten thousand
 * series cost no system call. Series of a VIP or real end with it.
 */
final class PlaneCollector implements MultiCollector {

    private static final MetricMetadata VIP_PACKETS =
            new MetricMetadata("mako_vip_packets", "Packets of a VIP sent on to a real.");
    private static final MetricMetadata VIP_BYTES = new MetricMetadata(
            "mako_vip_bytes", "Bytes of a VIP sent on to a real: IPv4 total length, IPv6 payload length.");
    private static final MetricMetadata VIP_MISSES = new MetricMetadata(
            "mako_vip_table_misses", "Packets of a VIP that the connection table did not know, by kind.");
    private static final MetricMetadata VIP_DROPPED =
            new MetricMetadata("mako_vip_dropped_packets", "Packets of a VIP that were dropped, whatever the reason.");
    private static final MetricMetadata VIP_SERVER_ID_NEW = new MetricMetadata(
            "mako_vip_server_id_new_connections",
            "Connections of a VIP about to get a server id: QUIC Initials, and with TCP server-id routing SYNs.");
    private static final MetricMetadata VIP_SERVER_ID_MISMATCHES = new MetricMetadata(
            "mako_vip_server_id_mismatches",
            "Packets of a VIP whose server id named another real than the connection table.");
    private static final MetricMetadata REAL_PACKETS =
            new MetricMetadata("mako_real_packets", "Packets sent to a real.");
    private static final MetricMetadata REAL_BYTES =
            new MetricMetadata("mako_real_bytes", "Bytes sent to a real: IPv4 total length, IPv6 payload length.");

    private static final MetricMetadata HEALTHCHECK_PACKETS = new MetricMetadata(
            "mako_healthcheck_destination_packets", "Health checks sent to a destination that is counted by itself.");
    private static final MetricMetadata HEALTHCHECK_BYTES = new MetricMetadata(
            "mako_healthcheck_destination_bytes",
            "Bytes of health checks sent to a destination, without outer headers.");

    private final Stats stats;
    private final LabelCache<VipId, Labels> destinationLabels =
            new LabelCache<>(id -> Labels.of("destination", id.toString()));
    private final LabelCache<VipId, VipLabels> vipLabels = new LabelCache<>(VipLabels::of);
    private final LabelCache<Address, Labels> realLabels =
            new LabelCache<>(address -> Labels.of("real", address.toString()));
    private final LabelCache<CpuSeries, Labels> cpuLabels = new LabelCache<>(CpuSeries::labels);

    PlaneCollector(Stats stats) {
        this.stats = stats;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        StatsSnapshot snapshot = stats.latest();
        List<MetricSnapshot> families = new ArrayList<>();
        plane(snapshot, families);
        vips(snapshot, families);
        reals(snapshot, families);
        healthchecks(snapshot, families);
        return new MetricSnapshots(families);
    }

    private void plane(StatsSnapshot snapshot, List<MetricSnapshot> families) {
        for (PlaneFamilies.Family family : PlaneFamilies.ALL) {
            List<CounterDataPointSnapshot> points =
                    new ArrayList<>(snapshot.cpus().size() * family.series().size());
            for (int cpu = 0; cpu < snapshot.cpus().size(); cpu++) {
                Map<PlaneCounter, Counted> counters = snapshot.cpus().get(cpu).counters();
                for (PlaneFamilies.Series series : family.series()) {
                    Counted counted = counters.getOrDefault(series.counter(), Counted.ZERO);
                    points.add(point(
                            counted.total(), cpuLabels.of(new CpuSeries(cpu, family.label(), series.labelValue()))));
                }
            }
            families.add(new CounterSnapshot(new MetricMetadata(family.name(), family.help()), points));
        }
    }

    private void vips(StatsSnapshot snapshot, List<MetricSnapshot> families) {
        Map<VipId, VipStats> vips = snapshot.vips();
        vipLabels.retain(vips.keySet());
        List<CounterDataPointSnapshot> misses = new ArrayList<>(3 * vips.size());
        vips.forEach((id, vip) -> {
            VipLabels labels = vipLabels.of(id);
            misses.add(point(vip.missSyn().total(), labels.missSyn()));
            misses.add(point(vip.missNonSyn().total(), labels.missNonSyn()));
            misses.add(point(vip.missUdp().total(), labels.missUdp()));
        });
        families.add(new CounterSnapshot(
                VIP_PACKETS, ofVips(vips, vip -> vip.packets().total())));
        families.add(
                new CounterSnapshot(VIP_BYTES, ofVips(vips, vip -> vip.bytes().total())));
        families.add(new CounterSnapshot(VIP_MISSES, misses));
        families.add(new CounterSnapshot(
                VIP_DROPPED, ofVips(vips, vip -> vip.dropped().total())));
        families.add(new CounterSnapshot(
                VIP_SERVER_ID_NEW, ofVips(vips, vip -> vip.serverIdNew().total())));
        families.add(new CounterSnapshot(
                VIP_SERVER_ID_MISMATCHES,
                ofVips(vips, vip -> vip.serverIdMismatches().total())));
    }

    private Collection<CounterDataPointSnapshot> ofVips(Map<VipId, VipStats> vips, ToLongFunction<VipStats> value) {
        List<CounterDataPointSnapshot> points = new ArrayList<>(vips.size());
        vips.forEach((id, vip) ->
                points.add(point(value.applyAsLong(vip), vipLabels.of(id).vip())));
        return points;
    }

    private void reals(StatsSnapshot snapshot, List<MetricSnapshot> families) {
        Map<Address, RealStats> reals = snapshot.reals();
        realLabels.retain(reals.keySet());
        List<CounterDataPointSnapshot> packets = new ArrayList<>(reals.size());
        List<CounterDataPointSnapshot> bytes = new ArrayList<>(reals.size());
        reals.forEach((address, real) -> {
            Labels labels = realLabels.of(address);
            packets.add(point(real.packets().total(), labels));
            bytes.add(point(real.bytes().total(), labels));
        });
        families.add(new CounterSnapshot(REAL_PACKETS, packets));
        families.add(new CounterSnapshot(REAL_BYTES, bytes));
    }

    private void healthchecks(StatsSnapshot snapshot, List<MetricSnapshot> families) {
        Map<VipId, RealStats> destinations = snapshot.healthchecks();
        destinationLabels.retain(destinations.keySet());
        List<CounterDataPointSnapshot> packets = new ArrayList<>(destinations.size());
        List<CounterDataPointSnapshot> bytes = new ArrayList<>(destinations.size());
        destinations.forEach((id, sent) -> {
            Labels labels = destinationLabels.of(id);
            packets.add(point(sent.packets().total(), labels));
            bytes.add(point(sent.bytes().total(), labels));
        });
        families.add(new CounterSnapshot(HEALTHCHECK_PACKETS, packets));
        families.add(new CounterSnapshot(HEALTHCHECK_BYTES, bytes));
    }

    private static CounterDataPointSnapshot point(long value, Labels labels) {
        return new CounterDataPointSnapshot(value, labels, null, 0);
    }

    private record VipLabels(Labels vip, Labels missSyn, Labels missNonSyn, Labels missUdp) {
        static VipLabels of(VipId id) {
            Labels vip = Labels.of("vip", id.toString());
            return new VipLabels(
                    vip, vip.add("kind", "tcp_syn"), vip.add("kind", "tcp_non_syn"), vip.add("kind", "udp"));
        }
    }

    private record CpuSeries(int cpu, String label, String value) {
        Labels labels() {
            Labels labels = Labels.of("cpu", Integer.toString(cpu));
            return label.isEmpty() ? labels : labels.add(label, value);
        }
    }
}
