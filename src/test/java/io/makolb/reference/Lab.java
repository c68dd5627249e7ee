package io.makolb.reference;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.Transported;
import io.makolb.frames.UdpDatagram;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The services, reals and clients of the specification's worked examples. */
final class Lab {

    static final byte[] GATEWAY = HexFormat.of().parseHex("0000deadbeaf");
    private static final List<Ip> REALS = List.of(
            Ip.of("10.0.0.1"),
            Ip.of("10.0.0.2"),
            Ip.of("10.0.0.3"),
            Ip.of("fc00::1"),
            Ip.of("fc00::2"),
            Ip.of("fc00::3"));
    private static final int RING_SIZE = 65537;
    static final List<Ip> RING_A = ring(1, 0xd671359dbaa15954L, 0x2cd426d008b90279L, 0x6eb4a2989236785dL);
    static final List<Ip> RING_B = ring(4, 0x64e74a25b986d744L, 0x87d247835b02295bL, 0x0b2e5ea98827f017L);

    private Lab() {}

    private static List<Ip> ring(int firstNumber, long... hashes) {
        List<NaiveMaglev.Member> members = new ArrayList<>();
        for (int i = 0; i < hashes.length; i++) {
            members.add(new NaiveMaglev.Member(firstNumber + i, 1, hashes[i]));
        }
        List<Ip> ring = new ArrayList<>();
        for (int real : NaiveMaglev.v1(members, RING_SIZE)) {
            ring.add(REALS.get(real - 1));
        }
        return ring;
    }

    static Service service(String address, int port, int protocol, List<Ip> ring, Flag... flags) {
        return Service.host(Ip.of(address), port, protocol, Set.of(flags), false, ring);
    }

    static byte[] tcp(String source, int sourcePort, String destination, int destinationPort, int flags) {
        return frame(source, destination, new TcpSegment(sourcePort, destinationPort, flags, new byte[0]));
    }

    static byte[] udp(String source, int sourcePort, String destination, int destinationPort) {
        return frame(source, destination, new UdpDatagram(sourcePort, destinationPort, new byte[0]));
    }

    static byte[] frame(String source, String destination, Transported message) {
        return Packets.frame(Ip.of(source), Ip.of(destination), message);
    }
}
