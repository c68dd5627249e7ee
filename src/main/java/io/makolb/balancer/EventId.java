package io.makolb.balancer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands: enough to find what came after it, in the memory of the process that saw it or in the history of its
 * store.
 *
 * @param store tells stores apart: revisions of another one mean something else; eight hexadecimal digits
 * @param run tells processes apart: each counts its events anew; eight hexadecimal digits
 * @param number 1, 2, 3... within the run; 0 = before its first
 * @param revision of the configuration that was made last, the event's own included
 */
public record EventId(String store, String run, long number, long revision) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{8})-([0-9a-f]{8})-(0|[1-9][0-9]{0,17})-(0|[1-9][0-9]{0,17})");

    /** The id that was written like this; empty when none was. */
    public static Optional<EventId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(
                        matcher.group(1),
                        matcher.group(2),
                        Long.parseLong(matcher.group(3)),
                        Long.parseLong(matcher.group(4))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return store + "-" + run + "-" + number + "-" + revision;
    }
}
