package io.makolb.balancer;

import io.makolb.store.RevisionEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened, before it has its place among the events.
 *
 * @param revision of the configuration, this event's own included
 */
record News(
        Instant at,
        EventType type,
        long revision,
        String sentence,
        List<String> resources,
        Optional<RevisionEntry> change) {

    static News of(Instant at, EventType type, long revision, String sentence, List<String> resources) {
        return new News(at, type, revision, sentence, resources, Optional.empty());
    }

    /** A revision was made. */
    static News of(RevisionEntry entry) {
        int touched = entry.diff().size();
        String sentence = "Revision " + entry.number() + " by " + entry.author() + " touches " + touched
                + (touched == 1 ? " resource" : " resources")
                + (entry.message().isEmpty() ? "." : ": " + entry.message());
        List<String> resources =
                entry.diff().stream().map(line -> line.substring(2)).toList();
        return new News(entry.at(), EventType.CONFIGURATION, entry.number(), sentence, resources, Optional.of(entry));
    }

    Event at(EventId id) {
        int omitted = Math.max(0, resources.size() - Event.MOST_RESOURCES);
        return new Event(
                id,
                at,
                type,
                sentence,
                omitted == 0 ? resources : resources.subList(0, Event.MOST_RESOURCES),
                change.map(entry -> omitted == 0 ? entry : cut(entry)),
                omitted);
    }

    private static RevisionEntry cut(RevisionEntry entry) {
        return new RevisionEntry(
                entry.number(),
                entry.at(),
                entry.author(),
                entry.message(),
                entry.diff().subList(0, Event.MOST_RESOURCES));
    }
}
