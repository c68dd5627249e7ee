package io.makolb.web.bulk;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Many of them: the body of a list, in JSON or one on each line. */
interface BulkBodies<B extends BulkBody> {

    /** The resources; read once when they come line by line. */
    @Nullable Collection<B> items();

    /** Where the next page begins; null: there is none. */
    @Nullable String next();
}
