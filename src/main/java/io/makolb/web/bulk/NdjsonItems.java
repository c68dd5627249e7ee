package io.makolb.web.bulk;

import io.makolb.web.http.JsonLinesReader;
import java.util.AbstractCollection;
import java.util.Iterator;

/** Bodies that come one on each line, read as they are asked for; once. */
final class NdjsonItems<B> extends AbstractCollection<B> {

    private final JsonLinesReader<B> lines;

    NdjsonItems(JsonLinesReader<B> lines) {
        this.lines = lines;
    }

    @Override
    public Iterator<B> iterator() {
        return lines;
    }

    /** How many were read so far. */
    @Override
    public int size() {
        return lines.count();
    }
}
