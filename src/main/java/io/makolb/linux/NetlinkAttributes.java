package io.makolb.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The attributes of a netlink message, by their type; of an attribute that occurs twice, the last. */
final class NetlinkAttributes {

    /** {@code NLA_TYPE_MASK}: the two highest bits only say how the value is written. */
    private static final int TYPE_MASK = 0x3fff;

    private static final int HEADER = 4;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final Map<Integer, ByteBuffer> values;

    private NetlinkAttributes(Map<Integer, ByteBuffer> values) {
        this.values = values;
    }

    /** Reads what follows a fixed header of {@code skip} bytes. */
    static NetlinkAttributes parse(ByteBuffer payload, int skip) {
        if (payload.remaining() < skip) {
            throw new IllegalArgumentException(
                    "A netlink payload of " + payload.remaining() + " bytes where its header has " + skip);
        }
        return parse(payload.slice(skip, payload.remaining() - skip).order(ByteOrder.nativeOrder()));
    }

    static NetlinkAttributes parse(ByteBuffer bytes) {
        Map<Integer, ByteBuffer> values = new HashMap<>();
        ByteBuffer rest = bytes.slice().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= HEADER) {
            int start = rest.position();
            int length = Short.toUnsignedInt(rest.getShort(start));
            if (length < HEADER || length > rest.remaining()) {
                throw new IllegalArgumentException(
                        "A netlink attribute of " + length + " bytes where " + rest.remaining() + " are left");
            }
            int type = Short.toUnsignedInt(rest.getShort(start + 2)) & TYPE_MASK;
            values.put(type, rest.slice(start + HEADER, length - HEADER).order(ByteOrder.nativeOrder()));
            rest.position(Math.min(start + NetlinkMessage.aligned(length), rest.limit()));
        }
        return new NetlinkAttributes(values);
    }

    Optional<ByteBuffer> bytes(int type) {
        return Optional.ofNullable(values.get(type));
    }

    Optional<NetlinkAttributes> nested(int type) {
        return bytes(type).map(NetlinkAttributes::parse);
    }

    OptionalInt int32(int type) {
        ByteBuffer value = values.get(type);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.getInt(0));
    }

    OptionalInt uint8(int type) {
        ByteBuffer value = values.get(type);
        return value == null ? OptionalInt.empty() : OptionalInt.of(Byte.toUnsignedInt(value.get(0)));
    }

    /** A text, which the kernel ends with a zero byte. */
    Optional<String> text(int type) {
        return bytes(type).map(value -> {
            String text = StandardCharsets.UTF_8.decode(value.duplicate()).toString();
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        });
    }

    Optional<EthernetAddress> ethernet(int type) {
        return bytes(type).flatMap(EthernetAddress::read);
    }

    Optional<InetAddress> address(int type) {
        return bytes(type).flatMap(NetlinkAttributes::address);
    }

    /** An IP address by its length; IPv6 stays IPv6 even where it stands for an IPv4 address. */
    static Optional<InetAddress> address(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        try {
            return switch (bytes.length) {
                case IPV4_BYTES -> Optional.of(InetAddress.getByAddress("", bytes));
                case IPV6_BYTES -> Optional.of(Inet6Address.getByAddress("", bytes, -1));
                default -> Optional.empty();
            };
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not the bytes of an address", e);
        }
    }
}
