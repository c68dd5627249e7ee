package io.makolb.web.healthcheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.VipId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A destination whose health checks are counted, in JSON. */
@Schema(
        name = "HealthcheckKey",
        description =
                "A destination whose health checks are counted by themselves. It says all with its id: a write is {}",
        example = "{\"id\":\"10.200.1.1-80-tcp\"}")
record KeyBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Address, port and protocol, written as the id of a VIP",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "10.200.1.1-80-tcp")
        @Nullable String id,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Its counters; only with ?include=status")
        @Nullable KeyStatusBody status) {

    static KeyBody of(VipId destination, @Nullable KeyStatusBody status) {
        return new KeyBody(destination.toString(), status);
    }
}
