package io.makolb.web.healthcheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.HealthMark;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A mark in JSON. */
@Schema(
        name = "HealthcheckMark",
        description = "Where packets go that a program of this machine sends with a mark (SO_MARK)")
public record MarkBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "The mark", requiredMode = Schema.RequiredMode.REQUIRED, example = "1000")
        @Nullable String id,

        @Schema(description = "The mark", minimum = "1", maximum = "4294967295", example = "1000") @Nullable Long mark,

        @Schema(
                description = "Address of the real; it need not be in a VIP",
                example = "10.0.0.1",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String real) {

    static MarkBody of(HealthMark mark, Address real) {
        return new MarkBody(mark.toString(), mark.number(), real.toString());
    }

    Address toReal(HealthMark named) {
        KeyMember.requireSame("mark", mark, named.number());
        return KeyMember.real(real);
    }
}
