package io.makolb.reference;

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
        return services.stream().anyMatch(service -> service.address().equals(address));
    }

    /** The service of exactly this port, else the one of every port. */
    Optional<Service> find(Flow flow) {
        return exact(flow, flow.destinationPort()).or(() -> exact(flow, EVERY_PORT));
    }

    /** The flow as it is looked up and hashed: on a service of every port, the destination port plays no part by default. */
    static Flow adapted(Flow flow, Service service) {
        boolean matchedEveryPort = service.port() == EVERY_PORT && flow.destinationPort() != EVERY_PORT;
        boolean keepsPort = service.has(Flag.DPORT_HASH) || service.has(Flag.HASH_SRC_DST_PORT);
        return matchedEveryPort && !keepsPort ? flow.withDestinationPort(0) : flow;
    }

    private Optional<Service> exact(Flow flow, int port) {
        return services.stream()
                .filter(service -> service.address().equals(flow.destination())
                        && service.protocol() == flow.protocol()
                        && service.port() == port)
                .findFirst();
    }
}
