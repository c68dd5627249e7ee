package io.makolb.web.bulk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.Prefix;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A source route in JSON. */
@Schema(name = "SourceRoute", description = "Where clients of a network go, to VIPs with the flag SRC_ROUTING")
record SourceRouteBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "The network, with an underscore for its slash",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "192.168.0.0_16")
        @Nullable String id,

        @Schema(description = "The network; its slash may be an underscore", example = "192.168.0.0/16") @Nullable String prefix,

        @Schema(
                description = "Address of the real; it need not be in a VIP",
                example = "10.0.0.1",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String real)
        implements BulkBody {

    static SourceRouteBody of(Prefix prefix, Address real) {
        return new SourceRouteBody(prefix.toString(), prefix.toText(), real.toString());
    }

    @Override
    public @Nullable String key() {
        return prefix;
    }
}
