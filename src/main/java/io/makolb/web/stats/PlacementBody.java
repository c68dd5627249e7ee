package io.makolb.web.stats;

import io.makolb.stats.Placement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How packets found their real, in JSON. */
@Schema(name = "Placement", description = "How the packets of the last interval found their real, in percent of them")
record PlacementBody(
        @Schema(
                description = "Placed by the connection table; in the numbers of a VIP, also by server ids",
                example = "99.2")
        double hitPercent,

        @Schema(description = "Placed by the ring, for whatever reason", example = "0.8")
        double missPercent,

        @Schema(description = "TCP SYNs placed by the ring: new connections", example = "0.5")
        double missSynPercent,

        @Schema(
                description = "Other TCP packets placed by the ring: connections that the table did not know",
                example = "0.1")
        double missNonSynPercent,

        @Schema(description = "UDP packets placed by the ring", example = "0.2")
        double missUdpPercent) {

    static @Nullable PlacementBody of(Optional<Placement> placement) {
        return placement
                .map(known -> new PlacementBody(
                        Rounded.to(known.hit(), 2),
                        Rounded.to(known.miss(), 2),
                        Rounded.to(known.missSyn(), 2),
                        Rounded.to(known.missNonSyn(), 2),
                        Rounded.to(known.missUdp(), 2)))
                .orElse(null);
    }
}
