package io.makolb.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which real a new connection reaches, from nothing but what an operator configures: for tests with real traffic. */
public final class ModelPredicts {

    private static final int RING_SIZE = 65537;

    private final Service service;
    private final Selection selection = new Selection(Settings.of(new byte[6]));

    private ModelPredicts(Service service) {
        this.service = service;
    }

    /**
     * For a VIP of the default ring size and seeds.
     *
     * @param address the VIP's address
     * @param port its port, 0 for every port
     * @param protocol {@link Service#TCP} or {@link Service#UDP}
     * @param variant how its ring is generated
     * @param weights weight of each real, by address; DISABLED counts as 0
     * @param flags its flags
     */
    public static ModelPredicts forVip(
            String address,
            int port,
            int protocol,
            ReferenceRing variant,
            Map<String, Integer> weights,
            Flag... flags) {
        Map<Ip, Integer> byAddress = new HashMap<>();
        weights.forEach((real, weight) -> byAddress.put(Ip.of(real), weight));
        return new ModelPredicts(
                Service.host(Ip.of(address), port, protocol, Set.of(flags), false, variant.of(byAddress, RING_SIZE)));
    }

    /**
     * The real that a connection reaches whose first packet the balancer sees now.
     *
     * @param client the client's address
     * @param clientPort the client's port
     * @param port the port it connects to
     * @return absent if the VIP has no ring
     */
    public Optional<Ip> realOf(String client, int clientPort, int port) {
        if (service.ring().isEmpty()) {
            return Optional.empty();
        }
        Flow flow = new Flow(Ip.of(client), service.address(), clientPort, port, service.protocol(), true, false);
        Flow adapted = VipLookup.adapted(flow, service);
        if (service.has(Flag.NO_SPORT)) {
            adapted = adapted.withSourcePort(0);
        }
        return Optional.of(selection.real(Selection.adapted(adapted, service), service.ring()));
    }

    /** How many slots of the ring a real has. */
    public long slotsOf(String real) {
        Ip address = Ip.of(real);
        return service.ring().stream().filter(address::equals).count();
    }
}
