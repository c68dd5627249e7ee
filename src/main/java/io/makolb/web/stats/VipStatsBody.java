package io.makolb.web.stats;

import io.makolb.model.VipId;
import io.makolb.stats.VipStats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Numbers of a VIP in JSON. */
@Schema(name = "VipStats", description = "Numbers of a VIP")
record VipStatsBody(
        @Schema(description = "The VIP", example = "10.200.1.1-80-tcp")
        String id,

        @Schema(description = "When it was read") Instant at,

        @Schema(description = "The time that rates speak of; 0 = there are none yet", example = "1.0")
        double intervalSeconds,

        @Schema(description = "Packets sent on to reals") CountedBody packets,

        @Schema(description = "Bytes of them: IPv4 total length, IPv6 payload length")
        CountedBody bytes,

        @Schema(description = "Bits sent on to reals per second", example = "18282000.0")
        double bitsPerSecond,

        @Schema(description = "TCP SYNs placed by the ring") CountedBody missSyn,

        @Schema(description = "Other TCP packets placed by the ring")
        CountedBody missNonSyn,

        @Schema(description = "UDP packets placed by the ring")
        CountedBody missUdp,

        @Schema(description = "Packets of this VIP that were dropped")
        CountedBody dropped,

        @Schema(
                description =
                        "Connections about to get a server id: QUIC Initials, and with TCP server-id routing SYNs")
        CountedBody serverIdNew,

        @Schema(description = "Packets whose server id named another real than the connection table")
        CountedBody serverIdMismatches,

        @Schema(description = "Absent when no packet came during the last interval") @Nullable PlacementBody placement) {

    static VipStatsBody of(VipId id, VipStats stats, Instant at, double intervalSeconds) {
        return new VipStatsBody(
                id.toString(),
                at,
                intervalSeconds,
                CountedBody.of(stats.packets()),
                CountedBody.of(stats.bytes()),
                Rounded.to(stats.bitsPerSecond(), 3),
                CountedBody.of(stats.missSyn()),
                CountedBody.of(stats.missNonSyn()),
                CountedBody.of(stats.missUdp()),
                CountedBody.of(stats.dropped()),
                CountedBody.of(stats.serverIdNew()),
                CountedBody.of(stats.serverIdMismatches()),
                PlacementBody.of(stats.placement()));
    }
}
