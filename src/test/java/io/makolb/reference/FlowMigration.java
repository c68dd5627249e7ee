package io.makolb.reference;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Section 10: UDP flows leave a real that is down for their service. Whom an identifier routes is never asked. */
final class FlowMigration {

    /** By identity: to hash a service is to hash its whole ring. */
    private final Map<Service, Set<Ip>> down = new IdentityHashMap<>();

    void mark(Service service, Set<Ip> reals) {
        down.put(service, Set.copyOf(reals));
    }

    boolean moves(Service service, Flow flow, Ip real) {
        return flow.udp()
                && service.has(Flag.UDP_FLOW_MIGRATION)
                && down.getOrDefault(service, Set.of()).contains(real);
    }
}
