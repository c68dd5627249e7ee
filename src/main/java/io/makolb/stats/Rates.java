package io.makolb.stats;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.CounterSample;
import io.makolb.plane.CounterSample.RealCounters;
import io.makolb.plane.CounterSample.VipCounters;
import io.makolb.plane.PlaneCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Two readings of the counters become one snapshot. A counter that went backwards means that its owner started anew: rates of
 * that owner are unknown for one interval, never negative.
 */
final class Rates {

    private static final double NANOS_PER_SECOND = 1e9;

    private Rates() {}

    /**
     * The snapshot of a reading.
     *
     * @param before the reading before it; absent = there was none
     */
    static StatsSnapshot between(@Nullable CounterSample before, CounterSample now, long tick, Instant at) {
        CounterSample earlier = before == null || isNewEpoch(before, now) ? null : before;
        long nanos = earlier == null ? 0 : Math.max(0, now.nanos() - earlier.nanos());
        double seconds = nanos / NANOS_PER_SECOND;
        List<PlaneStats> cpus = IntStream.range(0, now.cpus().size())
                .mapToObj(cpu -> plane(
                        earlier == null ? null : earlier.cpus().get(cpu),
                        now.cpus().get(cpu),
                        seconds))
                .toList();
        TreeMap<VipId, VipStats> vips = new TreeMap<>();
        now.vips()
                .forEach((id, counters) ->
                        vips.put(id, vip(earlier == null ? null : earlier.vips().get(id), counters, seconds)));
        TreeMap<Address, RealStats> reals = new TreeMap<>();
        now.reals()
                .forEach((address, counters) -> reals.put(
                        address, real(earlier == null ? null : earlier.reals().get(address), counters, seconds)));
        TreeMap<VipId, RealStats> healthchecks = new TreeMap<>();
        now.healthchecks()
                .forEach((destination, counters) -> healthchecks.put(
                        destination,
                        real(earlier == null ? null : earlier.healthchecks().get(destination), counters, seconds)));
        PlaneStats total = plane(earlier == null ? null : sum(earlier.cpus()), sum(now.cpus()), seconds);
        return new StatsSnapshot(tick, at, Duration.ofNanos(nanos), total, cpus, vips, reals, healthchecks);
    }

    private static boolean isNewEpoch(CounterSample before, CounterSample now) {
        return before.cpus().size() != now.cpus().size()
                || IntStream.range(0, now.cpus().size())
                        .anyMatch(cpu ->
                                wentBackwards(before.cpus().get(cpu), now.cpus().get(cpu)));
    }

    private static boolean wentBackwards(Map<PlaneCounter, Long> before, Map<PlaneCounter, Long> now) {
        return now.entrySet().stream().anyMatch(entry -> entry.getValue() < before.getOrDefault(entry.getKey(), 0L));
    }

    private static Map<PlaneCounter, Long> sum(List<Map<PlaneCounter, Long>> cpus) {
        EnumMap<PlaneCounter, Long> sum = new EnumMap<>(PlaneCounter.class);
        cpus.forEach(cpu -> cpu.forEach((counter, value) -> sum.merge(counter, value, Long::sum)));
        return sum;
    }

    private static PlaneStats plane(
            @Nullable Map<PlaneCounter, Long> before, Map<PlaneCounter, Long> now, double seconds) {
        EnumMap<PlaneCounter, Counted> counters = new EnumMap<>(PlaneCounter.class);
        now.forEach((counter, value) -> {
            Long earlier = before == null ? null : before.get(counter);
            counters.put(counter, counted(earlier, value, seconds));
        });
        return new PlaneStats(
                counters,
                Placement.of(
                        rate(counters, PlaneCounter.VIP_PACKETS),
                        rate(counters, PlaneCounter.TABLE_HITS),
                        rate(counters, PlaneCounter.MISS_SYN),
                        rate(counters, PlaneCounter.MISS_NON_SYN),
                        rate(counters, PlaneCounter.MISS_UDP)));
    }

    private static double rate(Map<PlaneCounter, Counted> counters, PlaneCounter counter) {
        return counters.getOrDefault(counter, Counted.ZERO).perSecond();
    }

    private static VipStats vip(@Nullable VipCounters before, VipCounters now, double seconds) {
        boolean known = before != null
                && now.packets() >= before.packets()
                && now.bytes() >= before.bytes()
                && now.missSyn() >= before.missSyn()
                && now.missNonSyn() >= before.missNonSyn()
                && now.missUdp() >= before.missUdp()
                && now.dropped() >= before.dropped()
                && now.serverIdNew() >= before.serverIdNew()
                && now.serverIdMismatches() >= before.serverIdMismatches();
        VipCounters earlier = before == null || !known ? now : before;
        double interval = known ? seconds : 0;
        Counted packets = Counted.since(earlier.packets(), now.packets(), interval);
        Counted missSyn = Counted.since(earlier.missSyn(), now.missSyn(), interval);
        Counted missNonSyn = Counted.since(earlier.missNonSyn(), now.missNonSyn(), interval);
        Counted missUdp = Counted.since(earlier.missUdp(), now.missUdp(), interval);
        Counted dropped = Counted.since(earlier.dropped(), now.dropped(), interval);
        double hits = packets.perSecond() - missSyn.perSecond() - missNonSyn.perSecond() - missUdp.perSecond();
        return new VipStats(
                packets,
                Counted.since(earlier.bytes(), now.bytes(), interval),
                missSyn,
                missNonSyn,
                missUdp,
                dropped,
                Counted.since(earlier.serverIdNew(), now.serverIdNew(), interval),
                Counted.since(earlier.serverIdMismatches(), now.serverIdMismatches(), interval),
                Placement.of(
                        packets.perSecond() + dropped.perSecond(),
                        hits,
                        missSyn.perSecond(),
                        missNonSyn.perSecond(),
                        missUdp.perSecond()));
    }

    private static RealStats real(@Nullable RealCounters before, RealCounters now, double seconds) {
        boolean known = before != null && now.packets() >= before.packets() && now.bytes() >= before.bytes();
        RealCounters earlier = before == null || !known ? now : before;
        double interval = known ? seconds : 0;
        return new RealStats(
                Counted.since(earlier.packets(), now.packets(), interval),
                Counted.since(earlier.bytes(), now.bytes(), interval));
    }

    private static Counted counted(@Nullable Long before, long now, double seconds) {
        return before == null ? new Counted(now, 0) : Counted.since(before, now, seconds);
    }
}
