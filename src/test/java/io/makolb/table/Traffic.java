package io.makolb.table;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.Transported;
import io.makolb.frames.UdpDatagram;
import io.makolb.libbpf.TestRun;
import io.makolb.plane.PlaneFixture;
import io.makolb.reference.Ip;
import java.util.Arrays;

/** Packets of numbered flows to one VIP. */
final class Traffic {

    private static final int XDP_TX = 3;
    private static final int ETHERNET = 14;
    private static final byte[] PAYLOAD = {};

    private final PlaneFixture plane;
    private final Ip vip;
    private final int port;

    Traffic(PlaneFixture plane, Ip vip, int port) {
        this.plane = plane;
        this.vip = vip;
        this.port = port;
    }

    /** Sends a TCP segment; answers to which real it was forwarded. */
    Ip tcp(int flow, int flags) {
        return send(flow, new TcpSegment(clientPort(flow), port, flags, PAYLOAD));
    }

    Ip udp(int flow) {
        return udp(flow, PAYLOAD);
    }

    Ip udp(int flow, byte... payload) {
        return send(flow, new UdpDatagram(clientPort(flow), port, payload));
    }

    private static int clientPort(int flow) {
        return 1024 + flow % 50_000;
    }

    private Ip send(int flow, Transported message) {
        Ip client =
                vip.v6() ? Ip.of("2001:db8::" + Integer.toHexString(1 + flow % 7)) : Ip.of("192.0.2." + (1 + flow % 7));
        TestRun run = plane.program().testRun(Packets.frame(client, vip, message));
        if (run.verdict() != XDP_TX) {
            throw new AssertionError("flow " + flow + " was not forwarded, verdict " + run.verdict());
        }
        return outerDestination(run.frame());
    }

    private static Ip outerDestination(byte[] frame) {
        boolean ipv6 = frame[ETHERNET] >> 4 == 6;
        int begin = ETHERNET + (ipv6 ? 24 : 16);
        return Ip.of(Arrays.copyOfRange(frame, begin, begin + (ipv6 ? 16 : 4)));
    }
}
