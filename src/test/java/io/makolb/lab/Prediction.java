package io.makolb.lab;

import io.makolb.reference.Ip;
import io.makolb.reference.ModelPredicts;
import io.makolb.reference.ReferenceRing;
import io.makolb.reference.Service;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which real the model of forwarding gives a new connection from the client to a VIP whose reals weigh the same. */
final class Prediction {

    private static final int WEIGHT = 10;

    private final String client;
    private final int port;
    private final List<Ip> reals;
    private final ModelPredicts model;

    /**
     * Asks the model.
     *
     * @param reals addresses of the reals s1, s2 ... in this order
     */
    Prediction(String client, String vip, int port, List<String> reals) {
        this.client = client;
        this.port = port;
        this.reals = reals.stream().map(Ip::of).toList();
        this.model = ModelPredicts.forVip(
                vip,
                port,
                Service.TCP,
                ReferenceRing.MAGLEV_V2,
                reals.stream().collect(Collectors.toMap(Function.identity(), real -> WEIGHT)));
    }

    /** The name of the real that serves a connection from this port of the client. */
    String realFor(int clientPort) {
        Ip real = model.realOf(client, clientPort, port).orElseThrow();
        return "s" + (reals.indexOf(real) + 1);
    }
}
