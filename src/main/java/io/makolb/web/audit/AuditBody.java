package io.makolb.web.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the record.
 *
 * @param next cursor of the page that follows
 */
@Schema(name = "Audit", description = "Writes that were asked for, newest first")
record AuditBody(
        @Schema(description = "The writes") List<AuditEntry> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next) {}
