package io.makolb.web.decap;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decap destinations in JSON. */
@Schema(name = "DecapDestinations", description = "Addresses at which tunnels end, ordered")
record DecapDestinationsBody(
        @Schema(description = "The destinations") List<DecapDestinationBody> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next,

        @Schema(description = "Revision of the configuration that this shows", example = "17")
        long revision) {}
