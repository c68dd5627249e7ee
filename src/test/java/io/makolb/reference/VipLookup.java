package io.makolb.reference;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Section 6: which service a flow belongs to. */
final class VipLookup {

    private static final int EVERY_PORT = 0;

    private final List<Service> services;

    VipLookup(List<Service> services) {
        this.services = List.copyOf(services);
    }

    /** Whether an address belongs to a VIP, whatever the port and the protocol (decision 1). */
    boolean owns(Ip address) {
        return services.stream().anyMatch(service -> service.covers(address));
    }

    /** The service of exactly this port, else the one of every port; for each, the address itself, else its longest prefix. */
    Optional<Service> find(Flow flow) {
        return longest(flow, flow.destinationPort()).or(() -> longest(flow, EVERY_PORT));
    }

    /** The flow as it is looked up and hashed: on a service of every port or of a prefix, the destination port plays no part by default. */
    static Flow adapted(Flow flow, Service service) {
        boolean matchedEveryPort = service.port() == EVERY_PORT && flow.destinationPort() != EVERY_PORT;
        boolean keepsPort = service.has(Flag.DPORT_HASH) || service.has(Flag.HASH_SRC_DST_PORT);
        return (matchedEveryPort || !service.isHost()) && !keepsPort ? flow.withDestinationPort(0) : flow;
    }

    private Optional<Service> longest(Flow flow, int port) {
        return services.stream()
                .filter(service -> service.covers(flow.destination())
                        && service.protocol() == flow.protocol()
                        && service.port() == port)
                .max(Comparator.comparing(Service::prefixLength));
    }
}
