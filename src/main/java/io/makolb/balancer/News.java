package io.makolb.balancer;

import io.makolb.store.RevisionEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened, before it has its place among the events.
 *
 * @param revision of the configuration, this event's own included
 * @param resources whom it concerns, at most {@link Event#MOST_RESOURCES} of them
 * @param omitted how many were left out
 */
record News(
        Instant at,
        EventType type,
        long revision,
        String sentence,
        List<String> resources,
        int omitted,
        Optional<RevisionEntry> change) {

    static News of(Instant at, EventType type, long revision, String sentence, List<String> resources) {
        int named = Math.min(resources.size(), Event.MOST_RESOURCES);
        return new News(
                at, type, revision, sentence, resources.subList(0, named), resources.size() - named, Optional.empty());
    }

    /** A revision was made. Of what it touches only so much is looked at as an event can name: it may be 65,000 resources. */
    static News of(RevisionEntry entry) {
        int touched = entry.diff().size();
        String sentence = "Revision " + entry.number() + " by " + entry.author() + " touches " + touched
                + (touched == 1 ? " resource" : " resources")
                + (entry.message().isEmpty() ? "." : ": " + entry.message());
        int named = Math.min(touched, Event.MOST_RESOURCES);
        List<String> diff = entry.diff().subList(0, named);
        return new News(
                entry.at(),
                EventType.CONFIGURATION,
                entry.number(),
                sentence,
                diff.stream().map(line -> line.substring(2)).toList(),
                touched - named,
                Optional.of(new RevisionEntry(entry.number(), entry.at(), entry.author(), entry.message(), diff)));
    }

    Event at(EventId id) {
        return new Event(id, at, type, sentence, resources, change, omitted);
    }
}
