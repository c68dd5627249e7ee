package io.makolb.balancer;

import io.makolb.store.RevisionEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param at by the wall clock; for people only
 * @param sentence what happened, for people
 * @param resources whom it concerns, as paths below the API's base; at most {@link #MOST_RESOURCES} of them
 * @param change the revision that was made, its difference cut to {@link #MOST_RESOURCES} lines; present exactly for
 *     {@link EventType#CONFIGURATION}
 * @param omitted how many resources were left out
 */
public record Event(
        EventId id,
        Instant at,
        EventType type,
        String sentence,
        List<String> resources,
        Optional<RevisionEntry> change,
        int omitted) {

    /** Resources that one event names: a change may touch 65,000, and events are kept in memory. */
    public static final int MOST_RESOURCES = 100;

    public Event {
        resources = List.copyOf(resources);
    }
}
