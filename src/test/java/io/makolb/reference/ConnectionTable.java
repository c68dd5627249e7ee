package io.makolb.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Section 9: which real a flow is served by. Without bounds: what the kernel evicts for want of room is not modelled. */
final class ConnectionTable {

    /** What tells flows apart. */
    record Key(Ip source, Ip destination, int sourcePort, int destinationPort, int protocol) {
        static Key of(Flow flow) {
            return new Key(
                    flow.source(), flow.destination(), flow.sourcePort(), flow.destinationPort(), flow.protocol());
        }
    }

    private record Entry(Ip real, long lastSeen) {}

    /** So long ago that every timeout is over. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long udpTimeout;
    private final Map<Key, Entry> entries = new HashMap<>();

    ConnectionTable(long udpTimeout) {
        this.udpTimeout = udpTimeout;
    }

    /** A UDP flow that was silent for longer than the timeout is not found; TCP flows do not age. A hit renews the flow. */
    Optional<Ip> find(Flow flow, long now) {
        Entry entry = entries.get(Key.of(flow));
        if (entry == null || flow.udp() && now - entry.lastSeen() > udpTimeout) {
            return Optional.empty();
        }
        remember(flow, entry.real(), now);
        return Optional.of(entry.real());
    }

    void remember(Flow flow, Ip real, long now) {
        entries.put(Key.of(flow), new Entry(real, now));
    }

    /** An entry as identifiers make it: for UDP it is over from the beginning. */
    void rememberExpired(Flow flow, Ip real) {
        remember(flow, real, NEVER);
    }

    /** What the entry says, whatever its age; it does not get younger. */
    Optional<Ip> peek(Flow flow) {
        return Optional.ofNullable(entries.get(Key.of(flow))).map(Entry::real);
    }

    /** Another real for an entry that exists; its age stays. */
    void correct(Flow flow, Ip real) {
        entries.computeIfPresent(Key.of(flow), (key, entry) -> new Entry(real, entry.lastSeen()));
    }

    int size() {
        return entries.size();
    }
}
