package io.makolb.web.real;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reals in JSON. */
@Schema(name = "Reals", description = "Reals, ordered by address")
record RealsBody(
        @Schema(description = "The reals") List<RealBody> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next,

        @Schema(description = "Revision of the configuration that this shows", example = "17")
        long revision) {}
