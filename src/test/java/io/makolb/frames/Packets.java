package io.makolb.frames;

import io.makolb.reference.Bytes;
import io.makolb.reference.Ip;

/** IP packets and the frames around them. */
public final class Packets {

    /** Source address of all frames. */
    public static final byte[] SENDER = Bytes.of(1, 0, 0, 0, 0, 0);

    /** Destination address of all frames. */
    public static final byte[] RECEIVER = Bytes.of(2, 0, 0, 0, 0, 0);

    public static final int IPV4 = 0x0800;
    public static final int IPV6 = 0x86DD;
    private static final int TTL = 63;

    private Packets() {}

    /** A frame with this EtherType and payload. */
    public static byte[] frame(int type, byte[] payload) {
        return Bytes.join(RECEIVER, SENDER, Bytes.word(type), payload);
    }

    /** A frame around an IP packet of the family of its addresses, without anything special. */
    public static byte[] frame(Ip source, Ip destination, Transported message) {
        return frame(source.v6() ? IPV6 : IPV4, packet(source, destination, 0, message));
    }

    /**
     * An IP packet.
     *
     * @param tos type of service or traffic class
     */
    public static byte[] packet(Ip source, Ip destination, int tos, Transported message) {
        byte[] payload = message.bytes(source.bytes(), destination.bytes());
        return source.v6()
                ? ipv6(source, destination, tos, message.protocol(), payload)
                : ipv4(source, destination, tos, 0, new byte[0], message.protocol(), payload);
    }

    /**
     * An IPv4 packet (RFC 791).
     *
     * @param fragment the 16 bits of flags and offset
     * @param options a multiple of 4 bytes, at most 40
     */
    public static byte[] ipv4(
            Ip source, Ip destination, int tos, int fragment, byte[] options, int protocol, byte[] payload) {
        int headerLength = 20 + options.length;
        byte[] header = Bytes.join(
                Bytes.of(0x40 | headerLength / 4, tos),
                Bytes.word(headerLength + payload.length),
                Bytes.word(0x1234),
                Bytes.word(fragment),
                Bytes.of(TTL, protocol),
                Bytes.word(0),
                source.bytes(),
                destination.bytes(),
                options);
        Bytes.put16(header, 10, Bytes.checksum(header));
        return Bytes.join(header, payload);
    }

    /** An IPv6 packet (RFC 8200). */
    public static byte[] ipv6(Ip source, Ip destination, int trafficClass, int nextHeader, byte[] payload) {
        return Bytes.join(
                Bytes.word(6 << 12 | trafficClass << 4 | 0x7),
                Bytes.word(0x89AB),
                Bytes.word(payload.length),
                Bytes.of(nextHeader, TTL),
                source.bytes(),
                destination.bytes(),
                payload);
    }
}
