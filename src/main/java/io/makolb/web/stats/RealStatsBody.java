package io.makolb.web.stats;

import io.makolb.model.Address;
import io.makolb.stats.RealStats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Numbers of a real in JSON. */
@Schema(name = "RealStats", description = "Numbers of a real, over all VIPs that use it")
record RealStatsBody(
        @Schema(description = "The real", example = "10.0.0.1")
        String id,

        @Schema(description = "When it was read") Instant at,

        @Schema(description = "The time that rates speak of; 0 = there are none yet", example = "1.0")
        double intervalSeconds,

        @Schema(description = "Packets sent to it") CountedBody packets,

        @Schema(description = "Bytes of them: IPv4 total length, IPv6 payload length")
        CountedBody bytes,

        @Schema(description = "Bits sent to it per second", example = "9141000.0")
        double bitsPerSecond) {

    static RealStatsBody of(Address real, RealStats stats, Instant at, double intervalSeconds) {
        return new RealStatsBody(
                real.toString(),
                at,
                intervalSeconds,
                CountedBody.of(stats.packets()),
                CountedBody.of(stats.bytes()),
                Rounded.to(stats.bitsPerSecond(), 3));
    }
}
