package io.makolb.web.dataplane;

import io.makolb.balancer.Snapshot;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.PlaneFacts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an interface is like now. */
@Schema(name = "InterfaceStatus", description = "What an interface is like now")
record InterfaceStatusBody(
        @Schema(description = "The kernel's interface index; 0 = there is no such interface", example = "2")
        int index,

        @Schema(description = "Whether the program runs on it", example = "true")
        boolean attached,

        @Schema(description = "The mode in force: NATIVE or GENERIC; absent while detached", example = "NATIVE")
        @Nullable String mode,

        @Schema(description = "The kernel's id of the link; absent while detached", example = "7") @Nullable Integer linkId,

        @Schema(description = "The kernel's id of the program on it; absent while detached", example = "42") @Nullable Integer programId,

        @Schema(description = "The gateway in force; absent = not known, packets of VIPs are dropped and counted")
        @Nullable String gatewayMac,

        @Schema(description = "Where the gateway comes from; absent while it is not known") @Nullable Source gatewaySource,

        @Schema(description = "Carrier and administrative state; absent while not known") @Nullable Boolean up) {

    /** Where a setting comes from. */
    enum Source {
        API,
        PROPERTY,
        DISCOVERED
    }

    static InterfaceStatusBody of(Snapshot snapshot, PlaneFacts.Attachment attachment) {
        String name = attachment.interfaceName();
        InterfaceImage held = snapshot.image().interfaces().get(name);
        Optional<MacAddress> mac = held == null ? Optional.empty() : held.gateway();
        boolean attached = attachment.linkId() != 0;
        return new InterfaceStatusBody(
                attachment.index(),
                attached,
                attached ? attachment.mode() : null,
                attached ? attachment.linkId() : null,
                attached ? attachment.programId() : null,
                mac.map(MacAddress::toString).orElse(null),
                mac.map(known -> source(snapshot, name, known)).orElse(null),
                snapshot.observations().get("link/" + name) instanceof Observation.LinkState link ? link.up() : null);
    }

    private static Source source(Snapshot snapshot, String name, MacAddress mac) {
        InterfaceSettings settings =
                snapshot.configuration().interfaces().getOrDefault(name, InterfaceSettings.DEFAULT);
        if (settings.gateway().isPresent()) {
            return Source.API;
        }
        boolean seen = snapshot.observations().get("gateway/" + name) instanceof Observation.GatewayMac gateway
                && gateway.mac().equals(Optional.of(mac));
        return seen ? Source.DISCOVERED : Source.PROPERTY;
    }
}
