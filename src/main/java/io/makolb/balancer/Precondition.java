package io.makolb.balancer;

import java.util.Set;

/** What an author demands of the resource before the change is made. Decided by the writer, never before it. */
public sealed interface Precondition {

    /** No demand. */
    record None() implements Precondition {}

    /** {@code If-Match}: the resource exists with one of these revisions. */
    record IfMatch(Set<Long> revisions) implements Precondition {
        public IfMatch {
            revisions = Set.copyOf(revisions);
        }
    }

    /** {@code If-Match: *}: the resource exists. */
    record IfExists() implements Precondition {}

    /** {@code If-None-Match: *}: the resource does not exist yet. */
    record IfAbsent() implements Precondition {}
}
