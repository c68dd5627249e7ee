package io.makolb.web.bulk;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Many of them: the body of a list, in JSON or one on each line. */
interface BulkBodies<B extends BulkBody> {

    /** The resources; read once when they come line by line. */
    @Nullable Collection<B> items();

    /** Where the next page begins; null: there is none. */
    @Nullable String next();

    /** Whether this is a part of the set; null: it is all of it. */
    @Nullable Boolean partial();

    /** Makes such bodies; their members are described where they are declared. */
    @FunctionalInterface
    interface Maker<B extends BulkBody, L extends BulkBodies<B>> {

        L make(
                @Nullable Collection<B> items,
                @Nullable String next,
                @Nullable Boolean partial,
                @Nullable Integer accepted,
                @Nullable Boolean changed,
                @Nullable Long revision);
    }
}
