package io.makolb.web.config;

import io.makolb.model.DecapDestination;
import io.makolb.model.DecapMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decap destination, in the document of the whole configuration. */
@Schema(name = "ConfiguredDecapDestination", description = "An address at which tunnels end, where it is the key")
public record ConfigDecapDestination(
        @Schema(description = "What becomes of what was inside", defaultValue = "INLINE", example = "EGRESS") @Nullable DecapMode mode) {

    static ConfigDecapDestination of(DecapDestination destination) {
        return new ConfigDecapDestination(destination.equals(DecapDestination.DEFAULT) ? null : destination.mode());
    }

    DecapDestination toDestination() {
        return new DecapDestination(Objects.requireNonNullElse(mode, DecapDestination.DEFAULT.mode()));
    }
}
