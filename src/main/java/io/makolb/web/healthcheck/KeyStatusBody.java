package io.makolb.web.healthcheck;

import io.makolb.stats.RealStats;
import io.swagger.v3.oas.annotations.media.Schema;

/** What was counted for a destination. */
@Schema(name = "HealthcheckKeyStatus", description = "Health checks sent to a destination since it is counted")
record KeyStatusBody(
        @Schema(description = "Packets sent to the real of their mark", example = "42")
        long packets,

        @Schema(description = "Bytes of them, without Ethernet and outer headers", example = "2520")
        long bytes,

        @Schema(description = "Packets during the last interval, per second", example = "1.5")
        double packetsPerSecond) {

    private static final double THOUSANDTHS = 1000;

    static KeyStatusBody of(RealStats sent) {
        double rate = Math.round(sent.packets().perSecond() * THOUSANDTHS) / THOUSANDTHS;
        return new KeyStatusBody(sent.packets().total(), sent.bytes().total(), rate);
    }
}
