package io.makolb.web.config;

import io.makolb.model.RealAttributes;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Attributes of a real, in the document of the whole configuration. */
@Schema(name = "ConfiguredReal", description = "Attributes of a real, where its address is the key")
public record ConfigReal(
        @Schema(description = "It is this machine itself", defaultValue = "false", example = "true") @Nullable Boolean local) {

    static ConfigReal of(RealAttributes attributes) {
        return new ConfigReal(attributes.local() ? true : null);
    }

    RealAttributes toAttributes() {
        return new RealAttributes(Boolean.TRUE.equals(local));
    }
}
