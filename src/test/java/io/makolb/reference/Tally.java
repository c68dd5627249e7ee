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

    /** What is counted for one service. */
    public static final class ServiceCounts {
        private Traffic forwarded = NOTHING;
        private long missSyn;
        private long missNonSyn;
        private long missUdp;
        private long dropped;
        private long serverIdNew;
        private long serverIdMismatches;

        /** What it forwarded. */
        public Traffic forwarded() {
            return forwarded;
        }

        /** TCP SYNs placed by the ring. */
        public long missSyn() {
            return missSyn;
        }

        /** TCP packets without SYN placed by the ring. */
        public long missNonSyn() {
            return missNonSyn;
        }

        /** UDP packets placed by the ring. */
        public long missUdp() {
            return missUdp;
        }

        /** Packets that were dropped, whatever the reason. */
        public long dropped() {
            return dropped;
        }

        /** Connections about to get a server id. */
        public long serverIdNew() {
            return serverIdNew;
        }

        /** Packets whose server id named another real than the connection table. */
        public long serverIdMismatches() {
            return serverIdMismatches;
        }
    }

    private static final Traffic NOTHING = new Traffic(0, 0);

    private final Map<Counter, Long> plane = new EnumMap<>(Counter.class);
    /** By identity: to hash a service is to hash its whole ring. */
    private final Map<Service, ServiceCounts> services = new IdentityHashMap<>();

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
        of(service).forwarded = of(service).forwarded.plus(packetBytes);
        reals.put(real, of(real).plus(packetBytes));
    }

    void countMiss(Service service, Flow flow) {
        if (flow.udp()) {
            count(Counter.MISS_UDP);
            of(service).missUdp++;
        } else if (flow.syn()) {
            count(Counter.MISS_SYN);
            of(service).missSyn++;
        } else {
            count(Counter.MISS_NON_SYN);
            of(service).missNonSyn++;
        }
    }

    void countServerIdNew(Service service) {
        of(service).serverIdNew++;
    }

    void countServerIdMismatch(Service service) {
        of(service).serverIdMismatches++;
    }

    void countDropped(Service service) {
        of(service).dropped++;
    }

    /** One counter of the plane. */
    public long of(Counter counter) {
        return plane.getOrDefault(counter, 0L);
    }

    /** The counters of a service. */
    public ServiceCounts of(Service service) {
        return services.computeIfAbsent(service, unknown -> new ServiceCounts());
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
