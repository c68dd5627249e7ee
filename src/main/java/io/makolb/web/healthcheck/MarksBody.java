package io.makolb.web.healthcheck;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Marks in JSON. */
@Schema(name = "HealthcheckMarks", description = "Marks, ordered by number")
record MarksBody(
        @Schema(description = "The marks") List<MarkBody> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next,

        @Schema(description = "Revision of the configuration that this shows", example = "17")
        long revision) {}
