package io.makolb.web.http;

import java.util.Iterator;

/**
 * A body of JSON documents, each on a line of its own: written as they come, so it may be longer than memory.
 *
 * @param items may fail while it is written, which cuts the answer off so that its reader notices
 */
public record JsonLines(Iterator<?> items) {

    /** Its media type. */
    public static final String TYPE = "application/x-ndjson";
}
