package io.makolb.reference;

import java.util.Set;

/** Sections 12 and 17: a real that is this machine gets the packets of a VIP with the flag as they came, without a tunnel. */
final class LocalDelivery {

    private final boolean on;
    private Set<Ip> local = Set.of();

    LocalDelivery(Settings settings) {
        this.on = settings.localDelivery();
    }

    void mark(Set<Ip> reals) {
        local = Set.copyOf(reals);
    }

    boolean takes(Service service, Ip real) {
        return on && service.has(Flag.LOCAL_VIP) && local.contains(real);
    }
}
