package io.makolb.plane;

import java.util.List;
import java.util.Optional;

/**
 * A part of the connections.
 *
 * @param connections in the order of their places
 * @param next where the first one stands that did not fit in; absent: there is none
 */
public record ConnectionPage(List<Connection> connections, Optional<ConnectionPosition> next) {

    public ConnectionPage {
        connections = List.copyOf(connections);
    }
}
