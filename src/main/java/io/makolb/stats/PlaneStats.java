package io.makolb.stats;

import io.makolb.plane.PlaneCounter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counters of the whole plane, or of one CPU of it.
 *
 * @param counters every counter
 * @param placement absent when no packet of a VIP came during the last interval
 */
public record PlaneStats(Map<PlaneCounter, Counted> counters, Optional<Placement> placement) {

    /** Nothing was counted. */
    public static final PlaneStats ZERO = new PlaneStats(Map.of(), Optional.empty());

    public PlaneStats(Map<PlaneCounter, Counted> counters, Optional<Placement> placement) {
        EnumMap<PlaneCounter, Counted> all = new EnumMap<>(PlaneCounter.class);
        for (PlaneCounter counter : PlaneCounter.values()) {
            all.put(counter, counters.getOrDefault(counter, Counted.ZERO));
        }
        this.counters = Collections.unmodifiableMap(all);
        this.placement = placement;
    }

    /** One counter. */
    public Counted get(PlaneCounter counter) {
        return counters.getOrDefault(counter, Counted.ZERO);
    }

    /** Frames seen per second. */
    public double packetsPerSecond() {
        return get(PlaneCounter.TOTAL_FRAMES).perSecond();
    }

    /** Bits of frames seen per second. */
    public double bitsPerSecond() {
        return Byte.SIZE * get(PlaneCounter.TOTAL_BYTES).perSecond();
    }
}
