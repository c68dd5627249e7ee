package io.makolb.store;

import io.makolb.model.Configuration;
import java.util.Optional;

/** What is known of one revision. */
public sealed interface Past {

    /**
     * It is kept.
     *
     * @param before the configuration that it changed; empty: written by a Mako that did not keep it
     * @param after the configuration that it made; empty: the same
     */
    record Kept(RevisionEntry entry, Optional<Configuration> before, Optional<Configuration> after) implements Past {}

    /**
     * It was removed to save space.
     *
     * @param oldest number of the oldest revision that is kept
     */
    record Pruned(long oldest) implements Past {}

    /**
     * There never was one with this number.
     *
     * @param oldest number of the oldest revision that is kept; 0 = there is none
     * @param newest number of the newest; 0 = there is none
     */
    record Unknown(long oldest, long newest) implements Past {}
}
