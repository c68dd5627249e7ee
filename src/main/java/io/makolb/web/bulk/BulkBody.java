package io.makolb.web.bulk;

import org.jspecify.annotations.Nullable;

/** A resource of which there can be millions, in JSON. */
interface BulkBody {

    /** Its key as it was sent; null: it was not. */
    @Nullable String key();

    /** The real as it was sent; null: it was not. */
    @Nullable String real();
}
