package io.makolb.web.bulk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.ServerId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A server id in JSON. */
@Schema(name = "QuicServerId", description = "Where packets go that carry a server id")
record ServerIdBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "The server id", requiredMode = Schema.RequiredMode.REQUIRED, example = "1001")
        @Nullable String id,

        @Schema(description = "The server id", minimum = "1", maximum = "16777213", example = "1001") @Nullable Long serverId,

        @Schema(
                description = "Address of the real; it need not be in a VIP",
                example = "10.0.0.1",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String real)
        implements BulkBody {

    static ServerIdBody of(ServerId id, Address real) {
        return new ServerIdBody(id.toString(), (long) id.number(), real.toString());
    }

    @Override
    public @Nullable String key() {
        return serverId == null ? null : Long.toString(serverId);
    }
}
