package io.makolb.reference;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The ring of each service as it is now. */
final class Rings {

    /** By identity: to hash a service is to hash its whole ring. */
    private final Map<Service, List<Ip>> changed = new IdentityHashMap<>();

    void change(Service service, List<Ip> ring) {
        changed.put(service, ring);
    }

    List<Ip> of(Service service) {
        return changed.getOrDefault(service, service.ring());
    }
}
