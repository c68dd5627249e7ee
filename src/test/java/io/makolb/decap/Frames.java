package io.makolb.decap;

import java.nio.ByteBuffer;

/** Ethernet frames and IP packets, written down field by field. */
final class Frames {

    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    /** IP protocol numbers: a whole IPv4 packet, a whole IPv6 packet, UDP. */
    static final int IPIP = 4;

    static final int IPV6_IN_IP = 41;
    static final int UDP = 17;
    /** The UDP port of GUE. */
    static final int GUE = 6080;

    private static final byte[] MACS = {2, 0, 0, 0, 11, 2, 2, 0, 0, 0, 11, 1};

    private Frames() {}

    static byte[] ethernet(int type, byte[] packet) {
        return ByteBuffer.allocate(14 + packet.length)
                .put(MACS)
                .putShort((short) type)
                .put(packet)
                .array();
    }

    /** An IPv4 packet without options and with a correct header checksum. */
    static byte[] ipv4(int trafficClass, int ttl, int protocol, byte[] payload) {
        byte[] packet = ByteBuffer.allocate(20 + payload.length)
                .putShort((short) (0x4500 | trafficClass))
                .putShort((short) (20 + payload.length))
                .putInt(0)
                .put((byte) ttl)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(new byte[] {10, 77, 1, 2, 10, (byte) 200, 1, 1})
                .put(payload)
                .array();
        return withChecksum(packet);
    }

    static byte[] ipv6(int trafficClass, int hopLimit, int nextHeader, byte[] payload) {
        return ByteBuffer.allocate(40 + payload.length)
                .putInt(6 << 28 | trafficClass << 20 | 0xabcde)
                .putShort((short) payload.length)
                .put((byte) nextHeader)
                .put((byte) hopLimit)
                .putLong(0xfd77_0001_0000_0000L)
                .putLong(2)
                .putLong(0xfc00_0001_0000_0000L)
                .putLong(1)
                .put(payload)
                .array();
    }

    /** A UDP datagram without a checksum. */
    static byte[] udp(int port, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) 26747)
                .putShort((short) port)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /** Sets the header checksum of an IPv4 packet without options (RFC 791, section 3.1). */
    static byte[] withChecksum(byte[] packet) {
        ByteBuffer header = ByteBuffer.wrap(packet).putShort(10, (short) 0);
        int sum = 0;
        for (int at = 0; at < 20; at += 2) {
            sum += Short.toUnsignedInt(header.getShort(at));
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        header.putShort(10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return packet;
    }
}
