package io.makolb.reference;

import java.util.OptionalInt;

/**
 * Section 9.2 of the control plane: health checks that the program encapsulates itself.
 *
 * @param sourceV4 outer source of packets to IPv4 reals
 * @param sourceV6 outer source of packets to IPv6 reals
 * @param guePort destination port of GUE; empty: IP in IP
 */
public record ReferenceHealthCheck(Ip sourceV4, Ip sourceV6, OptionalInt guePort) {

    private static final int CRAFTED_PORT = 31337;
    private static final int IPV4_INSIDE = 4;
    private static final int IPV6_INSIDE = 41;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;

    /**
     * The frame on its way to the real.
     *
     * @param udpSource source port of the outer UDP header, which nobody can know beforehand; without GUE it is not used
     */
    public byte[] encapsulated(byte[] frame, Ip real, int udpSource) {
        byte[] packet = Ethernet.payload(frame);
        boolean ipv6 = Ethernet.type(frame) == Ethernet.IPV6;
        byte[] udp = udp(packet, udpSource);
        int protocol = guePort.isPresent() ? UDP : ipv6 ? IPV6_INSIDE : IPV4_INSIDE;
        int length = udp.length + packet.length;
        byte[] outer = real.v6()
                ? Ipv6Header.of(0, length, protocol, sourceV6.bytes(), real.bytes())
                : Ipv4Header.of(0, length + ParseIp.IPV4_HEADER, protocol, sourceV4.bytes(), real.bytes());
        byte[] ethernet = Ethernet.header(
                Ethernet.destination(frame), Ethernet.source(frame), real.v6() ? Ethernet.IPV6 : Ethernet.IPV4);
        return Bytes.join(ethernet, outer, udp, packet);
    }

    /** The same frame to another next hop. */
    public static byte[] to(byte[] gateway, byte[] frame) {
        return Bytes.join(gateway, Bytes.slice(frame, gateway.length, frame.length - gateway.length));
    }

    private byte[] udp(byte[] packet, int source) {
        return guePort.isEmpty()
                ? new byte[0]
                : Bytes.join(
                        Bytes.word(source),
                        Bytes.word(guePort.getAsInt()),
                        Bytes.word(packet.length + UDP_HEADER),
                        Bytes.word(0));
    }

    /** An IPv4 source crafted as section 13.1 of forwarding does, as if the configured one were a client with port 31337. */
    public static byte[] craftedV4(byte[] prefix, Ip configured) {
        byte[] s = configured.bytes();
        return Bytes.join(prefix, Bytes.of(s[2] ^ CRAFTED_PORT, s[3] ^ CRAFTED_PORT >> 8));
    }

    /** The same for IPv6. */
    public static byte[] craftedV6(byte[] prefix, Ip configured) {
        byte[] s = configured.bytes();
        return Bytes.join(prefix, Bytes.of(s[12] ^ CRAFTED_PORT >> 8, s[13] ^ CRAFTED_PORT, s[14], s[15]));
    }
}
