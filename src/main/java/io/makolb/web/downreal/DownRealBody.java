package io.makolb.web.downreal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.DownSource;
import io.makolb.model.Refusal;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A real that is down for a VIP, in JSON. */
@Schema(
        name = "DownReal",
        description = "A real that UDP flows of the VIP leave. It says all with its address: a write of one is {}")
record DownRealBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Its address, canonical",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "10.0.0.1")
        @Nullable String id,

        @Schema(description = "The real's address", example = "10.0.0.1") @Nullable String address,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Why it is down. API: somebody said so; ADMIN_STATE: it is DISABLED in the VIP",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "API")
        @Nullable DownSource source) {

    static DownRealBody of(Address real, DownSource source) {
        return new DownRealBody(real.toString(), real.toString(), source);
    }

    /**
     * Checks a body under a URL.
     *
     * @throws Refusal key-mismatch, or what is no address
     */
    void requireFor(Address real) {
        KeyMember.requireSameAddress(address, real);
    }
}
