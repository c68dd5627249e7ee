package io.makolb.web.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@link JsonLines}. */
final class JsonLinesWriter extends AbstractHttpMessageConverter<JsonLines> {

    private final JsonMapper json;

    JsonLinesWriter(JsonMapper json) {
        super(MediaType.parseMediaType(JsonLines.TYPE));
        this.json = json;
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
        lines.writeTo(output.getBody(), json);
    }
}
