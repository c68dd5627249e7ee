package io.makolb.web.revision;

import io.makolb.balancer.History;
import io.makolb.store.RevisionEntry;
import io.makolb.web.config.ConfigBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One change with the configuration that it made. */
@Schema(name = "Revision", description = "A change of the configuration, and what it made of it")
record RevisionBody(
        @Schema(description = "Its number", example = "17") long revision,

        @Schema(description = "When, by the server's clock") Instant at,

        @Schema(description = "Who; without authentication the address it came from", example = "127.0.0.1")
        String author,

        @Schema(description = "Why, as X-Change-Message said; may be empty", example = "ticket 4711")
        String message,

        @Schema(
                description =
                        "What it touched; a VIP that was created or deleted stands with its reals, of any other VIP"
                                + " they have entries of their own")
        List<DiffBody> diff,

        @Schema(
                description =
                        "The whole configuration that it made; PUT it to /config to roll back. Absent in revisions of a"
                                + " Mako that did not keep it")
        @Nullable ConfigBody config) {

    static RevisionBody of(History.Revision revision) {
        RevisionEntry entry = revision.entry();
        Optional<ConfigBody> before = revision.before().map(ConfigBody::explicit);
        Optional<ConfigBody> after = revision.after().map(ConfigBody::explicit);
        return new RevisionBody(
                entry.number(),
                entry.at(),
                entry.author(),
                entry.message(),
                entry.diff().stream()
                        .map(line -> DiffBody.of(line, before, after))
                        .toList(),
                after.orElse(null));
    }
}
