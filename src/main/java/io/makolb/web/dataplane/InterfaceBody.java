package io.makolb.web.dataplane;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.AttachMode;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
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
        if (name != null && !name.equals(inUrl)) {
            String message = "The body names " + name + ", the URL " + inUrl + ".";
            throw new Refusal(
                    Reason.KEY_MISMATCH,
                    message,
                    "Leave 'name' out of the body, or correct one of the two.",
                    List.of(new Violation("/name", "key-mismatch", message)));
        }
        Optional<MacAddress> mac = gateway == null ? Optional.empty() : gateway.toMac("/gateway");
        return new InterfaceSettings(Optional.ofNullable(mode), mac);
    }
}
