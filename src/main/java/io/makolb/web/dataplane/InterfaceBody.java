package io.makolb.web.dataplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.AttachMode;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An interface in JSON: what was set through the API. What is absent comes from the properties. */
@Schema(name = "Interface", description = "An interface; members that are absent come from the properties")
record InterfaceBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Its name", requiredMode = Schema.RequiredMode.REQUIRED, example = "eth0")
        @Nullable String id,

        @Schema(description = "Its name", example = "eth0") @Nullable String name,

        @Schema(
                description = "Where the program sits: in the driver, in the network stack, or the first that works",
                example = "NATIVE")
        @Nullable AttachMode mode,

        @Schema(description = "The next hop", example = "{\"mac\":\"auto\"}") @Nullable GatewayBody gateway,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Operational state; only with ?include=status")
        @Nullable InterfaceStatusBody status) {

    static InterfaceBody of(String name, InterfaceSettings settings, @Nullable InterfaceStatusBody status) {
        return new InterfaceBody(name, name, settings.mode().orElse(null), GatewayBody.of(settings.gateway()), status);
    }

    InterfaceSettings toSettings(String inUrl) {
        KeyMember.requireSame("name", name, inUrl);
        Optional<MacAddress> mac = gateway == null ? Optional.empty() : gateway.toMac("/gateway");
        return new InterfaceSettings(Optional.ofNullable(mode), mac);
    }
}
