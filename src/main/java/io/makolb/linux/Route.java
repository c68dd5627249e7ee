package io.makolb.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A route, as rtnetlink tells it.
 *
 * @param family of the destination; the gateway's can differ
 * @param destination the network; empty for the default route
 * @param prefixLength bits of the destination that count; 0 for the default route
 * @param table the number of its table
 * @param metric smaller is preferred
 * @param source the address of this machine the route prefers
 * @param hops where to: one, or several that share the traffic; none for routes that deliver locally or refuse
 */
public record Route(
        AddressFamily family,
        Optional<InetAddress> destination,
        int prefixLength,
        int table,
        long metric,
        Optional<InetAddress> source,
        List<Hop> hops) {

    // struct rtmsg of linux/rtnetlink.h
    private static final int FAMILY = 0;
    private static final int DESTINATION_LENGTH = 1;
    private static final int TABLE = 4;
    private static final int TYPE = 7;
    static final int HEADER = 12;

    private static final int RTN_UNICAST = 1;
    private static final int RT_TABLE_MAIN = 254;

    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PRIORITY = 6;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_MULTIPATH = 9;
    private static final int RTA_TABLE = 15;
    private static final int RTA_VIA = 18;

    /**
     * One way to take.
     *
     * @param interfaceIndex the interface to send on
     * @param gateway whom to send to; empty when the destination itself is on the link
     */
    public record Hop(int interfaceIndex, Optional<InetAddress> gateway) {

        // struct rtnexthop
        private static final int LENGTH = 0;
        private static final int INDEX = 4;
        private static final int HEADER = 8;

        private static List<Hop> parseAll(ByteBuffer nested) {
            List<Hop> hops = new ArrayList<>();
            ByteBuffer rest = nested.slice().order(ByteOrder.nativeOrder());
            while (rest.remaining() >= HEADER) {
                int start = rest.position();
                int length = Short.toUnsignedInt(rest.getShort(start + LENGTH));
                if (length < HEADER || length > rest.remaining()) {
                    throw new IllegalArgumentException(
                            "A next hop of " + length + " bytes where " + rest.remaining() + " are left");
                }
                ByteBuffer hop = rest.slice(start, length).order(ByteOrder.nativeOrder());
                hops.add(new Hop(hop.getInt(INDEX), gatewayOf(NetlinkAttributes.parse(hop, HEADER))));
                rest.position(Math.min(start + NetlinkMessage.aligned(length), rest.limit()));
            }
            return hops;
        }
    }

    /** Empty for other families, and for routes that deliver locally, broadcast or refuse. */
    static Optional<Route> parse(ByteBuffer payload) {
        NetlinkAttributes attributes = NetlinkAttributes.parse(payload, HEADER);
        int code = payload.get(FAMILY);
        if (!AddressFamily.isKnown(code) || payload.get(TYPE) != RTN_UNICAST) {
            return Optional.empty();
        }
        return Optional.of(new Route(
                code == AddressFamily.IPV4.code() ? AddressFamily.IPV4 : AddressFamily.IPV6,
                attributes.address(RTA_DST),
                Byte.toUnsignedInt(payload.get(DESTINATION_LENGTH)),
                attributes.int32(RTA_TABLE).orElse(Byte.toUnsignedInt(payload.get(TABLE))),
                Integer.toUnsignedLong(attributes.int32(RTA_PRIORITY).orElse(0)),
                attributes.address(RTA_PREFSRC),
                hops(attributes)));
    }

    /** Whether it is the route of last resort. */
    public boolean isDefault() {
        return prefixLength == 0;
    }

    /** Whether it counts without further rules: other tables belong to routing policies and VRFs. */
    public boolean isInMainTable() {
        return table == RT_TABLE_MAIN;
    }

    private static List<Hop> hops(NetlinkAttributes attributes) {
        return attributes
                .bytes(RTA_MULTIPATH)
                .map(Hop::parseAll)
                .orElseGet(() -> attributes.int32(RTA_OIF).isPresent()
                        ? List.of(new Hop(attributes.int32(RTA_OIF).getAsInt(), gatewayOf(attributes)))
                        : List.of());
    }

    private static Optional<InetAddress> gatewayOf(NetlinkAttributes attributes) {
        return attributes
                .address(RTA_GATEWAY)
                .or(() -> attributes.bytes(RTA_VIA).flatMap(Route::via));
    }

    /** {@code struct rtvia}: a gateway of the other family, after the family itself. */
    private static Optional<InetAddress> via(ByteBuffer value) {
        return NetlinkAttributes.address(value.slice(Short.BYTES, value.remaining() - Short.BYTES));
    }
}
