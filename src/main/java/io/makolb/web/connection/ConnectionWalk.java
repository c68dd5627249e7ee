package io.makolb.web.connection;

import io.makolb.plane.Connection;
import io.makolb.plane.ConnectionPage;
import io.makolb.plane.ConnectionPosition;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** All connections, read from the tables in chunks as they are asked for: a slow reader holds nothing but its chunk. */
final class ConnectionWalk implements Iterator<ConnectionBody> {

    /** Connections that are read at a time. */
    static final int CHUNK = 8192;

    private final Function<ConnectionPosition, ConnectionPage> pages;
    private Iterator<Connection> chunk;
    private Optional<ConnectionPosition> next;
    private long left;

    /**
     * A walk whose first chunk was read.
     *
     * @param atMost how many connections
     */
    ConnectionWalk(Function<ConnectionPosition, ConnectionPage> pages, ConnectionPosition from, long atMost) {
        this.pages = pages;
        this.left = atMost;
        ConnectionPage first = pages.apply(from);
        this.chunk = first.connections().iterator();
        this.next = first.next();
    }

    @Override
    public boolean hasNext() {
        while (left > 0 && !chunk.hasNext() && next.isPresent()) {
            ConnectionPage page = pages.apply(next.get());
            chunk = page.connections().iterator();
            next = page.next();
        }
        return left > 0 && chunk.hasNext();
    }

    @Override
    public ConnectionBody next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        left--;
        return ConnectionBody.of(chunk.next());
    }
}
