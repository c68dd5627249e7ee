package io.makolb.web.decap;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.DecapDestination;
import io.makolb.model.DecapMode;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decap destination in JSON. */
@Schema(name = "DecapDestination", description = "An address at which tunnels end")
record DecapDestinationBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Its address, canonical",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "10.0.0.1")
        @Nullable String id,

        @Schema(description = "Its address", example = "10.0.0.1") @Nullable String address,

        @Schema(
                description =
                        "What becomes of what was inside: balanced as if it had arrived without the tunnel, or out again",
                defaultValue = "INLINE",
                example = "INLINE")
        @Nullable DecapMode mode) {

    static DecapDestinationBody of(Address address, DecapDestination destination) {
        return new DecapDestinationBody(address.toString(), address.toString(), destination.mode());
    }

    DecapDestination toDestination(Address key) {
        KeyMember.requireSameAddress(address, key);
        return new DecapDestination(Objects.requireNonNullElse(mode, DecapDestination.DEFAULT.mode()));
    }
}
