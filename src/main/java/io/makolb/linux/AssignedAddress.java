package io.makolb.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IP address of an interface, as rtnetlink tells it.
 *
 * @param interfaceIndex the interface
 * @param address the address of this end
 * @param prefixLength bits that the network shares
 * @param global whether it is valid beyond link and machine (scope universe)
 * @param permanent whether it stays; others come from router advertisements or leases and expire
 * @param usable whether it is neither being checked for duplicates, nor found to be one, nor running out
 */
public record AssignedAddress(
        int interfaceIndex, InetAddress address, int prefixLength, boolean global, boolean permanent, boolean usable) {

    // struct ifaddrmsg of linux/if_addr.h
    private static final int FAMILY = 0;
    private static final int PREFIX_LENGTH = 1;
    private static final int FLAGS = 2;
    private static final int SCOPE = 3;
    private static final int INDEX = 4;
    static final int HEADER = 8;

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_FLAGS = 8;

    private static final int IFA_F_DADFAILED = 0x08;
    private static final int IFA_F_DEPRECATED = 0x20;
    private static final int IFA_F_TENTATIVE = 0x40;
    private static final int IFA_F_PERMANENT = 0x80;
    private static final int RT_SCOPE_UNIVERSE = 0;

    /** Empty for other families. */
    static Optional<AssignedAddress> parse(ByteBuffer payload) {
        NetlinkAttributes attributes = NetlinkAttributes.parse(payload, HEADER);
        if (!AddressFamily.isKnown(payload.get(FAMILY))) {
            return Optional.empty();
        }
        // The header has room for eight of the flags only.
        int flags = attributes.int32(IFA_FLAGS).orElse(Byte.toUnsignedInt(payload.get(FLAGS)));
        // On point-to-point links the other attribute is the address of the other end.
        return attributes
                .address(IFA_LOCAL)
                .or(() -> attributes.address(IFA_ADDRESS))
                .map(address -> new AssignedAddress(
                        payload.getInt(INDEX),
                        address,
                        Byte.toUnsignedInt(payload.get(PREFIX_LENGTH)),
                        Byte.toUnsignedInt(payload.get(SCOPE)) == RT_SCOPE_UNIVERSE,
                        (flags & IFA_F_PERMANENT) != 0,
                        (flags & (IFA_F_DADFAILED | IFA_F_DEPRECATED | IFA_F_TENTATIVE)) == 0));
    }
}
