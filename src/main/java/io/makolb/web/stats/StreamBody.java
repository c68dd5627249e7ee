package io.makolb.web.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.makolb.plane.PlaneCounter;
import io.makolb.stats.Counted;
import io.makolb.stats.Placement;
import io.makolb.stats.PlaneStats;
import io.makolb.stats.RealStats;
import io.makolb.stats.StatsSnapshot;
import io.makolb.stats.VipStats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The numbers of one second, small enough to be sent every second. Shares are null while there is no packet to share. */
@Schema(name = "StatsEvent", description = "The numbers of one second; shares are null when no packet of a VIP came")
@JsonInclude(JsonInclude.Include.ALWAYS)
record StreamBody(
        @Schema(description = "When it was read") Instant at,

        @Schema(description = "Frames seen", example = "1523.5")
        double packetsPerSecond,

        @Schema(description = "Bits of frames seen", example = "18282000.0")
        double bitsPerSecond,

        @Schema(description = "Frames sent out again", example = "1520.0")
        double forwardedPerSecond,

        @Schema(description = "Frames left to the host", example = "3.5")
        double passedPerSecond,

        @Schema(description = "Frames dropped", example = "0.0")
        double droppedPerSecond,

        @Schema(description = "Packets placed by the connection table, in percent", example = "99.2") @Nullable Double hitPercent,

        @Schema(description = "TCP SYNs placed by the ring, in percent", example = "0.5") @Nullable Double missSynPercent,

        @Schema(description = "Other TCP packets placed by the ring, in percent", example = "0.1") @Nullable Double missNonSynPercent,

        @Schema(description = "UDP packets placed by the ring, in percent", example = "0.2") @Nullable Double missUdpPercent,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "By VIP; with include=vips") @Nullable Map<String, VipEvent> vips,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "By real; with include=reals") @Nullable Map<String, RealEvent> reals) {

    /** What can be added to the numbers of the whole plane. */
    static final Set<String> PARTS = Set.of("vips", "reals");

    /** A VIP. */
    @Schema(name = "VipEvent", description = "The numbers of a VIP; shares are null when no packet of it came")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VipEvent(
            @Schema(description = "Packets sent on, since the counters run", example = "123456")
            long packets,

            @Schema(description = "Packets sent on", example = "1520.0")
            double packetsPerSecond,

            @Schema(description = "Bits sent on", example = "18240000.0")
            double bitsPerSecond,

            @Schema(description = "Packets dropped", example = "0.0")
            double droppedPerSecond,

            @Schema(description = "Packets placed by the connection table, in percent", example = "99.2") @Nullable Double hitPercent,

            @Schema(description = "TCP SYNs placed by the ring, in percent", example = "0.5") @Nullable Double missSynPercent,

            @Schema(description = "Other TCP packets placed by the ring, in percent", example = "0.1") @Nullable Double missNonSynPercent,

            @Schema(description = "UDP packets placed by the ring, in percent", example = "0.2") @Nullable Double missUdpPercent) {

        static VipEvent of(VipStats stats) {
            Optional<Placement> placement = stats.placement();
            return new VipEvent(
                    stats.packets().total(),
                    rate(stats.packets()),
                    Rounded.to(stats.bitsPerSecond(), 1),
                    rate(stats.dropped()),
                    percent(placement, Placement::hit),
                    percent(placement, Placement::missSyn),
                    percent(placement, Placement::missNonSyn),
                    percent(placement, Placement::missUdp));
        }
    }

    /** A real. */
    @Schema(name = "RealEvent", description = "The numbers of a real")
    record RealEvent(
            @Schema(description = "Packets sent to it, since the counters run", example = "61728")
            long packets,

            @Schema(description = "Packets sent to it", example = "760.0")
            double packetsPerSecond,

            @Schema(description = "Bits sent to it", example = "9120000.0")
            double bitsPerSecond) {

        static RealEvent of(RealStats stats) {
            return new RealEvent(stats.packets().total(), rate(stats.packets()), Rounded.to(stats.bitsPerSecond(), 1));
        }
    }

    static StreamBody of(StatsSnapshot now, Set<String> parts) {
        PlaneStats total = now.total();
        Optional<Placement> placement = total.placement();
        return new StreamBody(
                Rounded.to(now.at()),
                Rounded.to(total.packetsPerSecond(), 1),
                Rounded.to(total.bitsPerSecond(), 1),
                rate(total.get(PlaneCounter.TX_FRAMES)),
                rate(total.get(PlaneCounter.PASS_FRAMES)),
                rate(total.get(PlaneCounter.DROP_FRAMES)),
                percent(placement, Placement::hit),
                percent(placement, Placement::missSyn),
                percent(placement, Placement::missNonSyn),
                percent(placement, Placement::missUdp),
                parts.contains("vips") ? vips(now) : null,
                parts.contains("reals") ? reals(now) : null);
    }

    private static Map<String, VipEvent> vips(StatsSnapshot now) {
        Map<String, VipEvent> vips = new LinkedHashMap<>();
        now.vips().forEach((id, stats) -> vips.put(id.toString(), VipEvent.of(stats)));
        return vips;
    }

    private static Map<String, RealEvent> reals(StatsSnapshot now) {
        Map<String, RealEvent> reals = new LinkedHashMap<>();
        now.reals().forEach((real, stats) -> reals.put(real.toString(), RealEvent.of(stats)));
        return reals;
    }

    private static double rate(Counted counted) {
        return Rounded.to(counted.perSecond(), 1);
    }

    private static @Nullable Double percent(Optional<Placement> placement, ToDoubleFunction<Placement> part) {
        return placement.map(known -> Rounded.to(part.applyAsDouble(known), 2)).orElse(null);
    }
}
