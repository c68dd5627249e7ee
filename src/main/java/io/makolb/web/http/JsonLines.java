package io.makolb.web.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A body of JSON documents, each on a line of its own: written as they come, so it may be longer than memory.
 *
 * @param items may fail while it is written, which cuts the answer off so that its reader notices
 */
public record JsonLines(Iterator<?> items) {

    /** Its media type. */
    public static final String TYPE = "application/x-ndjson";

    private static final int BUFFER = 1 << 16;

    /** Writes them all; the stream stays open. */
    public void writeTo(OutputStream out, JsonMapper json) throws IOException {
        // A flush after each line would be a system call for each line.
        ObjectWriter writer = json.writer()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        while (items.hasNext()) {
            writer.writeValue(buffered, items.next());
            buffered.write('\n');
        }
        buffered.flush();
    }
}
