package io.makolb.frames;

import io.makolb.reference.Bytes;

/**
 * An ICMP (RFC 792) or ICMPv6 (RFC 4443) message.
 *
 * @param v6 ICMPv6
 * @param type its type
 * @param code its code
 * @param word the second four bytes: identifier and sequence number, MTU or zero
 * @param payload what follows the header
 */
public record IcmpMessage(boolean v6, int type, int code, int word, byte[] payload) implements Transported {

    static final int PROTOCOL_V4 = 1;
    static final int PROTOCOL_V6 = 58;
    private static final int CHECKSUM_OFFSET = 2;

    /** A ping. */
    public static IcmpMessage echoRequest(boolean v6, int word, byte[] payload) {
        return new IcmpMessage(v6, v6 ? 128 : 8, 0, word, payload);
    }

    /** The error of a router whose next link takes only packets of this size. */
    public static IcmpMessage tooBig(boolean v6, int mtu, byte[] packet) {
        return v6 ? new IcmpMessage(true, 2, 0, mtu, packet) : new IcmpMessage(false, 3, 4, mtu & 0xFFFF, packet);
    }

    /** Destination unreachable. */
    public static IcmpMessage unreachable(boolean v6, int code, byte[] packet) {
        return new IcmpMessage(v6, v6 ? 1 : 3, code, 0, packet);
    }

    @Override
    public int protocol() {
        return v6 ? PROTOCOL_V6 : PROTOCOL_V4;
    }

    @Override
    public byte[] bytes(byte[] source, byte[] destination) {
        byte[] message = Bytes.join(Bytes.of(type, code, 0, 0), Bytes.word(word >>> 16), Bytes.word(word), payload);
        int checksum = v6 ? Transported.checksum(PROTOCOL_V6, source, destination, message) : Bytes.checksum(message);
        Bytes.put16(message, CHECKSUM_OFFSET, checksum);
        return message;
    }
}
