package io.makolb.web.config;

import io.makolb.model.AttachMode;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.web.dataplane.GatewayBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of an interface, in the document of the whole configuration. */
@Schema(name = "ConfiguredInterface", description = "Settings of an interface, where its name is the key")
public record ConfigInterface(
        @Schema(description = "Its gateway; absent: as the properties say") @Nullable GatewayBody gateway,

        @Schema(description = "Where the program sits; absent: as the properties say", example = "NATIVE") @Nullable AttachMode mode) {

    static ConfigInterface of(InterfaceSettings settings) {
        return new ConfigInterface(
                settings.gateway().map(mac -> new GatewayBody(mac.toString())).orElse(null),
                settings.mode().orElse(null));
    }

    InterfaceSettings toSettings() {
        Optional<MacAddress> mac = gateway == null ? Optional.empty() : gateway.toMac("/gateway");
        return new InterfaceSettings(Optional.ofNullable(mode), mac);
    }
}
