package io.makolb.web.real;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.RealAttributes;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real in JSON: one address, whatever VIPs use it. */
@Schema(name = "Real", description = "One address, whatever VIPs use it")
record RealBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Its address, canonical",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "10.0.0.1")
        @Nullable String id,

        @Schema(description = "Its address", example = "10.0.0.1") @Nullable String address,

        @Schema(
                description = "It is this machine itself; its packets can be handed to the host's own network stack",
                defaultValue = "false",
                example = "false")
        @Nullable Boolean local,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Operational state; only with ?include=status")
        @Nullable RealStatusBody status) {

    static RealBody of(Snapshot snapshot, Address real) {
        return of(real, snapshot.configuration().reals().getOrDefault(real, RealAttributes.DEFAULT), null);
    }

    static RealBody of(Address real, RealAttributes attributes, @Nullable RealStatusBody status) {
        return new RealBody(real.toString(), real.toString(), attributes.local(), status);
    }

    RealBody with(RealStatusBody known) {
        return new RealBody(id, address, local, known);
    }

    RealAttributes toAttributes(Address real) {
        KeyMember.requireSameAddress(address, real);
        return new RealAttributes(Objects.requireNonNullElse(local, false));
    }
}
