package io.makolb.reference;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** All counters since the start; section 14 with every counter counting what its name says. */
public final class Tally {

    /** Packets and their bytes: IPv4 total length, IPv6 payload length. */
    public record Traffic(long packets, long bytes) {
        private Traffic plus(int packetBytes) {
            return new Traffic(packets + 1, bytes + packetBytes);
        }
    }

    private static final Traffic NOTHING = new Traffic(0, 0);

    private final Map<Counter, Long> plane = new EnumMap<>(Counter.class);
    /** By identity: to hash a service is to hash its whole ring. */
    private final Map<Service, Traffic> services = new IdentityHashMap<>();

    private final Map<Ip, Traffic> reals = new HashMap<>();

    Tally() {
        for (Counter counter : Counter.values()) {
            plane.put(counter, 0L);
        }
    }

    void count(Counter counter) {
        count(counter, 1);
    }

    void count(Counter counter, long amount) {
        plane.merge(counter, amount, Long::sum);
    }

    void countForwarded(Service service, Ip real, int packetBytes) {
        services.put(service, of(service).plus(packetBytes));
        reals.put(real, of(real).plus(packetBytes));
    }

    /** One counter of the plane. */
    public long of(Counter counter) {
        return plane.getOrDefault(counter, 0L);
    }

    /** What a service forwarded. */
    public Traffic of(Service service) {
        return services.getOrDefault(service, NOTHING);
    }

    /** What a real was sent. */
    public Traffic of(Ip real) {
        return reals.getOrDefault(real, NOTHING);
    }

    /** All counters of the plane, a copy. */
    public Map<Counter, Long> plane() {
        return Collections.unmodifiableMap(new EnumMap<>(plane));
    }
}
