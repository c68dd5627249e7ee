package io.makolb.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Section 9.2: flows that other balancers have placed, as somebody told. Packets change nothing of it, and it knows no time. It is asked
 * where the connection table gave no answer, whether or not the service uses that; a SYN asks nobody.
 */
final class GlobalConnections {

    private final Map<ConnectionTable.Key, Ip> reals = new HashMap<>();

    void enter(Service service, Flow flow, Ip real) {
        reals.put(ConnectionTable.Key.of(service, flow), real);
    }

    Optional<Ip> find(Service service, Flow flow) {
        return service.has(Flag.GLOBAL_LRU) && !flow.syn()
                ? Optional.ofNullable(reals.get(ConnectionTable.Key.of(service, flow)))
                : Optional.empty();
    }
}
