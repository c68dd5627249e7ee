package io.makolb.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes one request of the netlink protocol. */
final class NetlinkRequest {

    static final int REQUEST = 1;
    static final int ACKNOWLEDGE = 4;
    static final int DUMP = 0x300;
    static final int REPLACE = 0x100;
    static final int CREATE = 0x400;

    /** No request here comes near it. */
    private static final int ROOM = 256;

    private static final int LENGTH = 0;
    private static final int SEQUENCE = 8;

    private final ByteBuffer bytes = ByteBuffer.allocate(ROOM).order(ByteOrder.nativeOrder());

    NetlinkRequest(int type, int flags) {
        bytes.position(4).putShort((short) type).putShort((short) (flags | REQUEST));
        bytes.position(NetlinkMessage.HEADER);
    }

    NetlinkRequest uint8(int value) {
        bytes.put((byte) value);
        return this;
    }

    NetlinkRequest uint16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    NetlinkRequest int32(int value) {
        bytes.putInt(value);
        return this;
    }

    NetlinkRequest attribute(int type, int value) {
        return attribute(
                type,
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(0, value));
    }

    NetlinkRequest attribute(int type, InetAddress address) {
        return attribute(type, ByteBuffer.wrap(address.getAddress()));
    }

    private NetlinkRequest attribute(int type, ByteBuffer value) {
        int length = Short.BYTES + Short.BYTES + value.remaining();
        bytes.putShort((short) length).putShort((short) type).put(value);
        bytes.position(NetlinkMessage.aligned(bytes.position()));
        return this;
    }

    /** The finished message. */
    ByteBuffer finish(int sequence) {
        bytes.putInt(LENGTH, bytes.position()).putInt(SEQUENCE, sequence);
        return bytes.duplicate().order(ByteOrder.nativeOrder()).flip();
    }
}
