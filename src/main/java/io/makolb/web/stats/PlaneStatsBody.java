package io.makolb.web.stats;

import io.makolb.plane.PlaneCounter;
import io.makolb.stats.PlaneStats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Numbers of the whole plane in JSON, or of one CPU of it. */
@Schema(name = "PlaneStats", description = "Numbers of the whole plane, or of one CPU of it")
record PlaneStatsBody(
        @Schema(description = "The possible CPU; absent for the whole plane", example = "0") @Nullable Integer cpu,

        @Schema(description = "When it was read") Instant at,

        @Schema(description = "The time that rates speak of; 0 = there are none yet", example = "1.0")
        double intervalSeconds,

        @Schema(description = "Frames seen per second", example = "1523.5")
        double packetsPerSecond,

        @Schema(description = "Bits of frames seen per second", example = "18282000.0")
        double bitsPerSecond,

        @Schema(description = "Absent when no packet of a VIP came during the last interval") @Nullable PlacementBody placement,

        @Schema(
                description = "Every counter by name",
                example = "{\"totalFrames\":{\"total\":123456,\"perSecond\":1523.5}}")
        Map<String, CountedBody> counters) {

    static PlaneStatsBody of(@Nullable Integer cpu, PlaneStats stats, Instant at, double intervalSeconds) {
        Map<String, CountedBody> counters = new LinkedHashMap<>();
        for (PlaneCounter counter : PlaneCounter.values()) {
            counters.put(name(counter), CountedBody.of(stats.get(counter)));
        }
        return new PlaneStatsBody(
                cpu,
                at,
                intervalSeconds,
                Rounded.to(stats.packetsPerSecond(), 3),
                Rounded.to(stats.bitsPerSecond(), 3),
                PlacementBody.of(stats.placement()),
                counters);
    }

    /** TABLE_HITS is tableHits in JSON. */
    private static String name(PlaneCounter counter) {
        StringBuilder name = new StringBuilder();
        for (String word : counter.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : StringUtils.capitalize(word));
        }
        return name.toString();
    }
}
