package io.makolb.web.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One write that was asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AuditEntry", description = "A write that was asked for, and what became of it")
record AuditEntry(
        @Schema(description = "Its number; numbers rise by one, so that a gap shows what was lost", example = "42")
        long number,

        @Schema(description = "When it was answered, by the server's clock")
        Instant at,

        @Schema(description = "Who asked; without authentication the address it came from", example = "127.0.0.1")
        String author,

        @Schema(description = "Address and port that the request came from", example = "127.0.0.1:53124")
        String from,

        @Schema(description = "Method of HTTP", example = "PUT")
        String method,

        @Schema(description = "Path below the base, in its canonical spelling", example = "vips/10.200.1.1-80-tcp")
        String resource,

        @Schema(description = "The query as it was sent; absent when there was none", example = "dryRun=true") @Nullable String query,

        @Schema(description = "Whether it only asked what would happen", example = "true")
        boolean dryRun,

        @Schema(description = "X-Change-Message; absent when there was none", example = "ticket 4711") @Nullable String message,

        @Schema(description = "Status that it was answered with", example = "200")
        int status,

        @Schema(description = "Name of the problem; absent when there was none", example = "stale-etag") @Nullable String problem,

        @Schema(description = "Whether it changed anything; absent when that was not said") @Nullable Boolean changed,

        @Schema(description = "Revision that the answer reflects; absent when it was refused") @Nullable Long revision,

        @Schema(description = "How long it took, in milliseconds", example = "7")
        long millis) {}
