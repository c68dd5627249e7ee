package io.makolb.web.event;

import io.makolb.balancer.Difference;
import io.makolb.balancer.Event;
import io.makolb.balancer.EventId;
import io.makolb.store.RevisionEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event in JSON. */
@Schema(name = "Event", description = "Something that happened")
record EventBody(
        @Schema(description = "The event's name, also in the field 'event' of the stream", example = "configuration")
        String type,

        @Schema(description = "When, by the wall clock; absent in reset and dropped") @Nullable Instant at,

        @Schema(description = "Revision of the configuration then, this event's own included", example = "17")
        long revision,

        @Schema(description = "What happened, for people", example = "Revision 17: vips/10.200.1.1-80-tcp was changed.")
        String sentence,

        @Schema(
                description = "Whom it concerns, as paths below /api/v1; absent in configuration, which has 'changes'",
                example = "[\"dataplane/interfaces/eth0\"]")
        @Nullable List<String> resources,

        @Schema(description = "Of configuration: what the revision touches; at most 100 resources") @Nullable List<Changed> changes,

        @Schema(description = "How many resources are not named; absent when all are") @Nullable Integer omitted,

        @Schema(description = "Of configuration: who asked") @Nullable String author,

        @Schema(description = "Of configuration: X-Change-Message; absent when none was given") @Nullable String message) {

    /** A resource that a revision touches. */
    @Schema(name = "EventChange", description = "A resource that a revision touches")
    record Changed(
            @Schema(description = "What happened to it") Difference.Kind kind,

            @Schema(description = "Its path, below /api/v1", example = "vips/10.200.1.1-80-tcp/reals/10.0.0.1")
            String resource) {

        /** Reads a line of {@link RevisionEntry#diff()}. */
        static Changed of(String line) {
            Difference.Kind kind = switch (line.charAt(0)) {
                case '+' -> Difference.Kind.CREATED;
                case '-' -> Difference.Kind.DELETED;
                default -> Difference.Kind.CHANGED;
            };
            return new Changed(kind, line.substring(2));
        }
    }

    static EventBody of(Event event) {
        RevisionEntry entry = event.change().orElse(null);
        return new EventBody(
                event.type().toString(),
                event.at().truncatedTo(ChronoUnit.MILLIS),
                event.id().revision(),
                event.sentence(),
                entry == null ? event.resources() : null,
                entry == null ? null : entry.diff().stream().map(Changed::of).toList(),
                event.omitted() == 0 ? null : event.omitted(),
                entry == null ? null : entry.author(),
                entry == null || entry.message().isEmpty() ? null : entry.message());
    }

    /** Something that concerns this stream alone. */
    static EventBody ofStream(String type, EventId position, String sentence) {
        return new EventBody(type, null, position.revision(), sentence, null, null, null, null, null);
    }
}
