package io.makolb.stats;

import io.makolb.model.Address;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.plane.CounterSample;
import io.makolb.plane.CounterSample.RealCounters;
import io.makolb.plane.CounterSample.VipCounters;
import io.makolb.plane.PlaneCounter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds readings. */
final class CounterSamples {

    static final VipId WEB = VipId.parse("10.200.1.1-80-tcp");
    static final VipId DNS = VipId.parse("fc00:1::1-53-udp");
    static final Address REAL = Address.parse("10.0.0.1");

    private final long nanos;
    private final List<Map<PlaneCounter, Long>> cpus = new ArrayList<>();
    private final Map<VipId, VipCounters> vips = new HashMap<>();
    private final Map<Address, RealCounters> reals = new HashMap<>();

    private CounterSamples(long nanos) {
        this.nanos = nanos;
    }

    static CounterSamples at(long nanos) {
        return new CounterSamples(nanos);
    }

    CounterSamples cpu(Map<PlaneCounter, Long> counters) {
        EnumMap<PlaneCounter, Long> all = new EnumMap<>(PlaneCounter.class);
        for (PlaneCounter counter : PlaneCounter.values()) {
            all.put(counter, counters.getOrDefault(counter, 0L));
        }
        cpus.add(all);
        return this;
    }

    CounterSamples vip(VipId id, VipCounters counters) {
        vips.put(id, counters);
        return this;
    }

    CounterSamples real(Address address, RealCounters counters) {
        reals.put(address, counters);
        return this;
    }

    CounterSample build() {
        return new CounterSample(nanos, cpus, vips, reals, Map.of());
    }

    /** As many VIPs and reals as a plane of default size holds, every counter with another value. */
    static CounterSample full(long nanos, int vipCount, int realCount, int cpuCount) {
        CounterSamples samples = at(nanos);
        for (int cpu = 0; cpu < cpuCount; cpu++) {
            EnumMap<PlaneCounter, Long> counters = new EnumMap<>(PlaneCounter.class);
            for (PlaneCounter counter : PlaneCounter.values()) {
                counters.put(counter, 1000L * cpu + counter.ordinal());
            }
            samples.cpus.add(counters);
        }
        for (int i = 0; i < vipCount; i++) {
            samples.vip(
                    VipId.host(Address.ipv4(0x0ac80000 + i), 80, Protocol.TCP),
                    new VipCounters(i, 100L * i, i, i, i, i, 0, 0));
        }
        for (int i = 0; i < realCount; i++) {
            samples.real(Address.ipv4(0x0a000001 + i), new RealCounters(i, 100L * i));
        }
        return samples.build();
    }
}
