package io.makolb.web.revision;

import io.makolb.store.RevisionEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the history.
 *
 * @param next cursor of the page that follows
 */
@Schema(name = "Revisions", description = "Changes of the configuration, newest first")
record RevisionsBody(
        @Schema(description = "The revisions") List<Item> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next,

        @Schema(description = "Revision of the configuration in force", example = "17")
        long revision) {

    /** One change, without its particulars. */
    @Schema(name = "RevisionSummary", description = "Who changed the configuration, when and why")
    record Item(
            @Schema(description = "Its number", example = "17")
            long revision,

            @Schema(description = "When, by the server's clock")
            Instant at,

            @Schema(description = "Who; without authentication the address it came from", example = "127.0.0.1")
            String author,

            @Schema(description = "Why, as X-Change-Message said; may be empty", example = "ticket 4711")
            String message,

            @Schema(description = "How many entries its diff has", example = "1")
            int changes) {

        static Item of(RevisionEntry entry) {
            return new Item(
                    entry.number(),
                    entry.at(),
                    entry.author(),
                    entry.message(),
                    entry.diff().size());
        }
    }
}
