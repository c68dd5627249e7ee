package io.makolb.bench;

import io.makolb.model.Address;
import io.makolb.model.Protocol;
import java.nio.ByteBuffer;

/**
 * A frame as a client sends it, and where the driver finds what it changes from flow to flow.
 *
 * @param bytes from the Ethernet header on
 * @param sourceOffset of the low 32 bits of the source address
 * @param portOffset of the source port
 */
record Frame(byte[] bytes, int sourceOffset, int portOffset) {

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int TCP = 20;
    private static final int UDP = 8;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;

    /** Frames are a little longer than the driver's head of 64 bytes, whatever their headers. */
    private static final int PAYLOAD = 32;

    private static final byte[] MACS = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2};
    private static final Address CLIENT_V4 = Address.parse("192.0.2.1");
    private static final Address CLIENT_V6 = Address.parse("2001:db8::1");
    private static final short CLIENT_PORT = 31337;
    private static final byte ACK = 0x10;
    private static final byte SYN = 0x02;

    static Frame ack(Address destination, int port) {
        return tcp(destination, port, ACK);
    }

    static Frame syn(Address destination, int port) {
        return tcp(destination, port, SYN);
    }

    static Frame udp(Address destination, int port) {
        byte[] header = ByteBuffer.allocate(UDP + PAYLOAD)
                .putShort(CLIENT_PORT)
                .putShort((short) port)
                .putShort((short) (UDP + PAYLOAD))
                .array();
        return ip(destination, Protocol.UDP, header);
    }

    private static Frame tcp(Address destination, int port, byte flags) {
        byte[] segment = ByteBuffer.allocate(TCP + PAYLOAD)
                .putShort(CLIENT_PORT)
                .putShort((short) port)
                .putLong(0)
                .put((byte) (TCP / 4 << 4))
                .put(flags)
                .array();
        return ip(destination, Protocol.TCP, segment);
    }

    /** Checksums stay 0: neither the balancer nor its floors look at them. */
    private static Frame ip(Address destination, Protocol protocol, byte[] transport) {
        boolean ipv6 = destination.ipv6();
        int header = ipv6 ? IPV6 : IPV4;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + header + transport.length)
                .put(MACS)
                .putShort((short) (ipv6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4));
        if (ipv6) {
            frame.putInt(6 << 28)
                    .putShort((short) transport.length)
                    .put((byte) protocol.number())
                    .put((byte) 64);
        } else {
            frame.putShort((short) 0x4500)
                    .putShort((short) (header + transport.length))
                    .putInt(0)
                    .put((byte) 64)
                    .put((byte) protocol.number())
                    .putShort((short) 0);
        }
        byte[] source = (ipv6 ? CLIENT_V6 : CLIENT_V4).toBytes();
        int sourceEnd = frame.position() + source.length;
        frame.put(source).put(destination.toBytes()).put(transport);
        return new Frame(frame.array(), sourceEnd - Integer.BYTES, ETHERNET + header);
    }
}
