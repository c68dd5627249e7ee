package io.makolb.web.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@link JsonLines}. */
final class JsonLinesWriter extends AbstractHttpMessageConverter<JsonLines> {

    private static final int BUFFER = 1 << 16;

    private final ObjectWriter json;

    JsonLinesWriter(JsonMapper json) {
        super(MediaType.parseMediaType(JsonLines.TYPE));
        // A flush after each line would be a system call for each line.
        this.json = json.writer()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == JsonLines.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected JsonLines readInternal(Class<? extends JsonLines> type, HttpInputMessage input) {
        throw new UnsupportedOperationException("lines are read by those who know what is in them");
    }

    @Override
    protected void writeInternal(JsonLines lines, HttpOutputMessage output) throws IOException {
        OutputStream buffered = new BufferedOutputStream(output.getBody(), BUFFER);
        Iterator<?> items = lines.items();
        while (items.hasNext()) {
            json.writeValue(buffered, items.next());
            buffered.write('\n');
        }
        buffered.flush();
    }
}
