package io.makolb.web.bulk;

import io.makolb.web.http.JsonLines;
import io.makolb.web.http.JsonLinesReader;
import java.io.IOException;
import java.util.Collection;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lists of millions as lines of JSON, read and written one after the other. */
@Component
final class NdjsonConverter extends AbstractHttpMessageConverter<BulkBodies<?>> {

    static final String TYPE = JsonLines.TYPE;

    private final JsonMapper mapper;

    NdjsonConverter(JsonMapper mapper) {
        super(MediaType.parseMediaType(TYPE));
        this.mapper = mapper;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return BulkBodies.class.isAssignableFrom(type);
    }

    @Override
    protected BulkBodies<?> readInternal(Class<? extends BulkBodies<?>> type, HttpInputMessage message)
            throws IOException {
        return type == SourceRoutesBody.class
                ? new SourceRoutesBody(items(SourceRouteBody.class, message), null, null, null, null, null)
                : new ServerIdsBody(items(ServerIdBody.class, message), null, null, null, null, null);
    }

    private <B> Collection<B> items(Class<B> line, HttpInputMessage message) throws IOException {
        return new NdjsonItems<>(new JsonLinesReader<>(mapper, message.getBody(), line));
    }

    @Override
    protected void writeInternal(BulkBodies<?> bodies, HttpOutputMessage message) throws IOException {
        Collection<?> items = bodies.items();
        if (items != null) {
            new JsonLines(items.iterator()).writeTo(message.getBody(), mapper);
        }
    }
}
