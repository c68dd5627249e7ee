package io.makolb.web.connection;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of connections. */
@Schema(name = "ConnectionList", description = "Connections that the tables remember, in no order of meaning")
record ConnectionListBody(
        @Schema(description = "The connections") List<ConnectionBody> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next) {}
