package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.CounterSample.RealCounters;
import io.makolb.plane.CounterSample.VipCounters;
import io.makolb.plane.MapLayout.Count;
import io.makolb.plane.MapLayout.VipStats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads all counters with one system call for each map, into buffers it keeps. For one thread at a time. */
final class CounterReader {

    private final BpfMap counters;
    private final ByteBuffer plane;
    private final BpfMapReader vipReader;
    private final BpfMapReader realReader;
    private final HealthCheckKeyTable healthChecks;
    private final int cpus;
    private final long[] vipSums;
    private final long[] realSums;

    CounterReader(PlaneMaps maps, PlaneSizes sizes, HealthCheckKeyTable healthChecks) {
        this.healthChecks = healthChecks;
        this.counters = maps.map(PlaneMaps.COUNTERS);
        this.plane = ByteBuffer.allocateDirect(counters.valueBytes()).order(ByteOrder.nativeOrder());
        this.vipReader = maps.map(PlaneMaps.VIP_STATS).reader(sizes.maxVips());
        this.realReader = maps.map(PlaneMaps.REAL_STATS).reader(sizes.maxReals());
        this.cpus = sizes.possibleCpus();
        this.vipSums = new long[sizes.maxVips() * VipStats.SIZE / Long.BYTES];
        this.realSums = new long[sizes.maxReals() * Count.SIZE / Long.BYTES];
    }

    /**
     * Reads all of them.
     *
     * @param image who owns which number; retired reals are reported as well, because connections to them go on
     */
    synchronized CounterSample read(PlaneImage image) {
        long nanos = System.nanoTime();
        List<Map<PlaneCounter, Long>> perCpu = readPlane();
        sum(vipReader, VipStats.SIZE / Long.BYTES, vipSums);
        sum(realReader, Count.SIZE / Long.BYTES, realSums);
        Map<VipId, VipCounters> vips = new LinkedHashMap<>();
        image.vips().forEach((id, vip) -> vips.put(id, vip(vip.number())));
        Map<Address, RealCounters> reals = new LinkedHashMap<>();
        image.reals().forEach((address, real) -> reals.put(address, real(real.index())));
        image.retiredReals().forEach((address, index) -> reals.put(address, real(index)));
        return new CounterSample(
                nanos,
                perCpu,
                Collections.unmodifiableMap(vips),
                Collections.unmodifiableMap(reals),
                healthChecks.read());
    }

    private List<Map<PlaneCounter, Long>> readPlane() {
        counters.lookup(0, plane);
        List<Map<PlaneCounter, Long>> perCpu = new ArrayList<>(cpus);
        for (int cpu = 0; cpu < cpus; cpu++) {
            Map<PlaneCounter, Long> values = new EnumMap<>(PlaneCounter.class);
            for (PlaneCounter counter : PlaneCounter.values()) {
                int at = cpu * MapLayout.Counters.SIZE + counter.ordinal() * Long.BYTES;
                values.put(counter, plane.getLong(at));
            }
            perCpu.add(Collections.unmodifiableMap(values));
        }
        return Collections.unmodifiableList(perCpu);
    }

    /** Adds up the CPUs' values of each element; {@code words} are those of one element. */
    private void sum(BpfMapReader reader, int words, long[] sums) {
        Arrays.fill(sums, 0);
        reader.rewind();
        for (int read = reader.next(); read > 0; read = reader.next()) {
            ByteBuffer values = reader.values();
            for (int element = 0; element < read; element++) {
                int number = reader.keys().getInt(element * Integer.BYTES);
                for (int word = 0; word < words * cpus; word++) {
                    sums[number * words + word % words] += values.getLong((element * words * cpus + word) * Long.BYTES);
                }
            }
        }
    }

    private VipCounters vip(int number) {
        int at = number * VipStats.SIZE;
        return new VipCounters(
                vipSums[(at + VipStats.PACKETS) / Long.BYTES],
                vipSums[(at + VipStats.BYTES) / Long.BYTES],
                vipSums[(at + VipStats.MISS_SYN) / Long.BYTES],
                vipSums[(at + VipStats.MISS_NON_SYN) / Long.BYTES],
                vipSums[(at + VipStats.MISS_UDP) / Long.BYTES],
                vipSums[(at + VipStats.DROPPED) / Long.BYTES],
                vipSums[(at + VipStats.ID_NEW) / Long.BYTES],
                vipSums[(at + VipStats.ID_MISMATCHES) / Long.BYTES]);
    }

    private RealCounters real(int index) {
        int at = index * Count.SIZE;
        return new RealCounters(realSums[(at + Count.PACKETS) / Long.BYTES], realSums[(at + Count.BYTES) / Long.BYTES]);
    }
}
