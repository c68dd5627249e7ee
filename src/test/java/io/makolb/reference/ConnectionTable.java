package io.makolb.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Section 9: which real a flow is served by. Without bounds: what the kernel evicts for want of room is not modelled.
 *
 * <p>A flow is the destination address and what is left of the ports, as Katran has it. That the VIP is part of it makes a difference
 * only where several VIPs of an address hide the port, which takes a prefix among them: their flows would be one.
 */
final class ConnectionTable {

    /** What tells flows apart. */
    record Key(Service.Name service, Ip source, Ip destination, int sourcePort, int destinationPort) {
        static Key of(Service service, Flow flow) {
            return new Key(
                    service.name(), flow.source(), flow.destination(), flow.sourcePort(), flow.destinationPort());
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
    Optional<Ip> find(Service service, Flow flow, long now) {
        Entry entry = entries.get(Key.of(service, flow));
        if (entry == null || flow.udp() && now - entry.lastSeen() > udpTimeout) {
            return Optional.empty();
        }
        remember(service, flow, entry.real(), now);
        return Optional.of(entry.real());
    }

    void remember(Service service, Flow flow, Ip real, long now) {
        entries.put(Key.of(service, flow), new Entry(real, now));
    }

    /** An entry as identifiers make it: for UDP it is over from the beginning. */
    void rememberExpired(Service service, Flow flow, Ip real) {
        remember(service, flow, real, NEVER);
    }

    /** What the entry says, whatever its age; it does not get younger. */
    Optional<Ip> peek(Service service, Flow flow) {
        return Optional.ofNullable(entries.get(Key.of(service, flow))).map(Entry::real);
    }

    /** Another real for an entry that exists; its age stays. */
    void correct(Service service, Flow flow, Ip real) {
        entries.computeIfPresent(Key.of(service, flow), (key, entry) -> new Entry(real, entry.lastSeen()));
    }

    int size() {
        return entries.size();
    }
}
