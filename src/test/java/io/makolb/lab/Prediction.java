package io.makolb.lab;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.model.Address;
import io.makolb.reference.Ip;
import io.makolb.reference.NaiveMaglev;
import io.makolb.reference.ReferenceBalancer;
import io.makolb.reference.Service;
import io.makolb.reference.Settings;
import io.makolb.ring.AddressHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which real the model of forwarding gives a new connection from the client to a VIP whose reals weigh the same. */
final class Prediction {

    private static final int RING_SIZE = 65537;

    private final Ip client;
    private final Ip vip;
    private final int port;
    private final List<Ip> reals;
    private final ReferenceBalancer model;

    /**
     * Asks the model.
     *
     * @param reals addresses of the reals s1, s2 ... in this order
     */
    Prediction(String client, String vip, int port, List<String> reals) {
        this.client = Ip.of(client);
        this.vip = Ip.of(vip);
        this.port = port;
        this.reals = reals.stream().map(Ip::of).toList();
        Service service = new Service(this.vip, port, Service.TCP, Set.of(), false, ring(reals));
        this.model = new ReferenceBalancer(Settings.of(Packets.RECEIVER), List.of(service));
    }

    /** The name of the real that serves a connection from this port of the client. */
    String realFor(int clientPort) {
        byte[] syn = Packets.frame(client, vip, new TcpSegment(clientPort, port, TcpSegment.SYN, new byte[0]));
        Ip real = model.receive(syn, 0).real().orElseThrow();
        return "s" + (reals.indexOf(real) + 1);
    }

    private static List<Ip> ring(List<String> reals) {
        List<NaiveMaglev.Member> members = new ArrayList<>();
        for (int i = 0; i < reals.size(); i++) {
            members.add(new NaiveMaglev.Member(i + 1, 10, AddressHash.of(Address.parse(reals.get(i)))));
        }
        return Arrays.stream(NaiveMaglev.v2(members, RING_SIZE))
                .mapToObj(number -> Ip.of(reals.get(number - 1)))
                .toList();
    }
}
