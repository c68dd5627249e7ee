package io.makolb.store;

import java.time.Instant;
import java.util.List;

/**
 * One change in the history.
 *
 * @param number the revision it made
 * @param at when, by the wall clock; for people only
 * @param author who wanted it
 * @param message why; may be empty
 * @param diff one line per resource: {@code +} created, {@code ~} changed or {@code -} deleted, a space, the resource's path; that
 *     of a VIP that was created or deleted stands for its reals as well
 */
public record RevisionEntry(long number, Instant at, String author, String message, List<String> diff) {

    public RevisionEntry {
        diff = List.copyOf(diff);
    }
}
