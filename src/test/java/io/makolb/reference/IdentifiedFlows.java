package io.makolb.reference;

import java.util.Optional;

/** Section 8.1, "the connection table is synchronised": what it is told of a flow whose real a packet has named. */
final class IdentifiedFlows {

    /** What it said before. */
    enum Before {
        MATCH,
        MISMATCH,
        NOT_FOUND
    }

    private final ConnectionTable connections;
    private final RateLimit newConnections;
    private final Tally tally;

    IdentifiedFlows(ConnectionTable connections, RateLimit newConnections, Tally tally) {
        this.connections = connections;
        this.newConnections = newConnections;
        this.tally = tally;
    }

    Before tell(Flow flow, Ip real, Service service, long now) {
        Optional<Ip> known = connections.peek(service, flow);
        if (known.isEmpty()) {
            if (newConnections.admits(now)) {
                connections.rememberExpired(service, flow, real);
                tally.count(Counter.NEW_CONNECTIONS);
            } else {
                tally.count(Counter.RATE_LIMITED);
            }
            return Before.NOT_FOUND;
        }
        if (known.get().equals(real)) {
            return Before.MATCH;
        }
        connections.correct(service, flow, real);
        tally.countServerIdMismatch(service);
        return Before.MISMATCH;
    }
}
