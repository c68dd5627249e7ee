package io.makolb.web.connection;

import io.makolb.plane.Imported;
import io.swagger.v3.oas.annotations.media.Schema;

/** What became of imported connections. */
@Schema(name = "ImportedConnections", description = "What became of connections that were to be imported")
public record ImportedBody(
        @Schema(description = "They are in the global connection table now", example = "1042")
        int accepted,

        @Schema(description = "Of them, those that were not there before, or led to another real", example = "1042")
        int changed,

        @Schema(description = "Those that were left out, because no packet would look for them here")
        Skipped skipped,

        @Schema(description = "Revision of the configuration that decided", example = "17")
        long revision) {

    /** Connections that were left out. */
    @Schema(name = "SkippedConnections", description = "Connections that were left out, by the reason")
    public record Skipped(
            @Schema(description = "There is no such VIP here", example = "0")
            int unknownVip,

            @Schema(description = "No VIP has this real here", example = "0")
            int unknownReal,

            @Schema(description = "The VIP does not have the flag GLOBAL_LRU here", example = "0")
            int withoutFlag,

            @Schema(description = "The VIP is a prefix, and the connection has no destination", example = "0")
            int prefix) {}

    static ImportedBody of(Imported imported, long revision) {
        return new ImportedBody(
                imported.accepted(),
                imported.changed(),
                new Skipped(imported.unknownVip(), imported.unknownReal(), imported.notAsked(), imported.prefix()),
                revision);
    }
}
