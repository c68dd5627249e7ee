package io.makolb.linux;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A network interface, as rtnetlink tells it.
 *
 * @param index positive, unique in its network namespace, and never the same again for a deleted and re-created one
 * @param name at most 15 characters; can change at any time
 * @param address the address frames are sent from; empty where links have no Ethernet addresses
 * @param permanentAddress the one the hardware was made with; empty for virtual devices
 * @param mtu in bytes, link-layer header not counted
 * @param receiveQueues how many it has; 0 when not told
 * @param administrativelyUp whether the administrator wants it up ({@code IFF_UP})
 * @param carrier whether frames can pass: cable, peer and state are in order ({@code IFF_LOWER_UP})
 * @param loopback whether it only reaches this machine
 * @param kind such as "veth", "bond", "vlan"; empty for hardware
 * @param xdp the attached XDP program
 */
public record NetworkLink(
        int index,
        String name,
        Optional<EthernetAddress> address,
        Optional<EthernetAddress> permanentAddress,
        int mtu,
        int receiveQueues,
        boolean administrativelyUp,
        boolean carrier,
        boolean loopback,
        String kind,
        Optional<AttachedXdp> xdp) {

    // struct ifinfomsg of linux/rtnetlink.h
    private static final int INDEX = 4;
    private static final int FLAGS = 8;
    static final int HEADER = 16;

    private static final int IFF_UP = 1;
    private static final int IFF_LOOPBACK = 1 << 3;
    private static final int IFF_LOWER_UP = 1 << 16;

    // enum of linux/if_link.h
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_NUM_RX_QUEUES = 32;
    private static final int IFLA_XDP = 43;
    private static final int IFLA_PERM_ADDRESS = 54;

    static NetworkLink parse(ByteBuffer payload) {
        NetlinkAttributes attributes = NetlinkAttributes.parse(payload, HEADER);
        int flags = payload.getInt(FLAGS);
        return new NetworkLink(
                payload.getInt(INDEX),
                attributes.text(IFLA_IFNAME).orElse(""),
                attributes.ethernet(IFLA_ADDRESS),
                attributes.ethernet(IFLA_PERM_ADDRESS),
                attributes.int32(IFLA_MTU).orElse(0),
                attributes.int32(IFLA_NUM_RX_QUEUES).orElse(0),
                (flags & IFF_UP) != 0,
                (flags & IFF_LOWER_UP) != 0,
                (flags & IFF_LOOPBACK) != 0,
                attributes
                        .nested(IFLA_LINKINFO)
                        .flatMap(info -> info.text(IFLA_INFO_KIND))
                        .orElse(""),
                attributes.nested(IFLA_XDP).flatMap(AttachedXdp::parse));
    }

    /**
     * An XDP program on an interface.
     *
     * @param mode where it runs
     * @param programId the kernel's number of the program; 0 when several modes have one each
     */
    public record AttachedXdp(Mode mode, int programId) {

        private static final int IFLA_XDP_ATTACHED = 2;
        private static final int IFLA_XDP_PROG_ID = 4;

        /** {@code XDP_ATTACHED_...} of {@code linux/if_link.h}. */
        public enum Mode {
            NATIVE(1),
            GENERIC(2),
            OFFLOADED(3),
            SEVERAL(4);

            private final int code;

            Mode(int code) {
                this.code = code;
            }

            private static Optional<Mode> of(int code) {
                return Arrays.stream(values()).filter(mode -> mode.code == code).findFirst();
            }
        }

        /** Empty when no program is attached. */
        static Optional<AttachedXdp> parse(NetlinkAttributes xdp) {
            return Mode.of(xdp.uint8(IFLA_XDP_ATTACHED).orElse(0))
                    .map(mode ->
                            new AttachedXdp(mode, xdp.int32(IFLA_XDP_PROG_ID).orElse(0)));
        }
    }
}
