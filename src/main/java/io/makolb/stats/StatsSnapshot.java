package io.makolb.stats;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All numbers at one moment; never changes.
 *
 * @param tick 1, 2, 3...; 0 = nothing was read yet
 * @param at wall clock of the reading, for people
 * @param interval the time that rates and shares speak of, by the monotonic clock; zero = there are none yet
 * @param total of the whole plane
 * @param cpus of the plane by possible CPU
 * @param vips by VIP
 * @param reals by real
 * @param healthchecks health checks to destinations that are counted by themselves
 */
public record StatsSnapshot(
        long tick,
        Instant at,
        Duration interval,
        PlaneStats total,
        List<PlaneStats> cpus,
        NavigableMap<VipId, VipStats> vips,
        NavigableMap<Address, RealStats> reals,
        NavigableMap<VipId, RealStats> healthchecks) {

    /** What is known before the first tick. */
    public static final StatsSnapshot NONE = new StatsSnapshot(
            0,
            Instant.EPOCH,
            Duration.ZERO,
            PlaneStats.ZERO,
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());

    public StatsSnapshot(
            long tick,
            Instant at,
            Duration interval,
            PlaneStats total,
            List<PlaneStats> cpus,
            NavigableMap<VipId, VipStats> vips,
            NavigableMap<Address, RealStats> reals,
            NavigableMap<VipId, RealStats> healthchecks) {
        this.tick = tick;
        this.at = at;
        this.interval = interval;
        this.total = total;
        this.cpus = List.copyOf(cpus);
        this.vips = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<VipId, VipStats>) vips));
        this.reals = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<Address, RealStats>) reals));
        this.healthchecks = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<VipId, RealStats>) healthchecks));
    }

    /** Numbers of a VIP; zeros for one that was created after the last tick. */
    public VipStats vip(VipId id) {
        return vips.getOrDefault(id, VipStats.ZERO);
    }

    /** Numbers of a real; zeros for one that was created after the last tick. */
    public RealStats real(Address address) {
        return reals.getOrDefault(address, RealStats.ZERO);
    }

    /** Health checks to a destination; zeros for one that is counted since the last tick only. */
    public RealStats healthcheck(VipId destination) {
        return healthchecks.getOrDefault(destination, RealStats.ZERO);
    }
}
