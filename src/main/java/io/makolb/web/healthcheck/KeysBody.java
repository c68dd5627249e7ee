package io.makolb.web.healthcheck;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Destinations whose health checks are counted, in JSON. */
@Schema(name = "HealthcheckKeys", description = "Destinations whose health checks are counted, ordered")
record KeysBody(
        @Schema(description = "The destinations") List<KeyBody> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next,

        @Schema(description = "Revision of the configuration that this shows", example = "17")
        long revision) {}
