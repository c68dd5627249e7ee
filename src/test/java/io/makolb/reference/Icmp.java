package io.makolb.reference;

import java.util.Optional;

/**
 * Section 3: errors about flows to a VIP. The families do not mix: ICMP inside IPv6 and ICMPv6 inside IPv4 are unknown protocols (decision 3).
 */
final class Icmp {

    static final int HEADER = 8;
    static final int PROTOCOL_V4 = 1;
    static final int PROTOCOL_V6 = 58;
    private static final int ECHO_REQUEST_V4 = 8;
    private static final int ECHO_REQUEST_V6 = 128;
    private static final int UNREACHABLE_V4 = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int UNREACHABLE_V6 = 1;
    private static final int PACKET_TOO_BIG_V6 = 2;
    private static final int SMALLEST_USUAL_MTU = 1280;

    private Icmp() {}

    static boolean is(IpHeader ip) {
        return ip.protocol() == (ip.v6() ? PROTOCOL_V6 : PROTOCOL_V4);
    }

    static boolean echoRequest(byte[] frame, IpHeader ip) {
        return type(frame, ip) == (ip.v6() ? ECHO_REQUEST_V6 : ECHO_REQUEST_V4);
    }

    static boolean errorAboutAFlow(byte[] frame, IpHeader ip) {
        int type = type(frame, ip);
        return ip.v6() ? type == UNREACHABLE_V6 || type == PACKET_TOO_BIG_V6 : type == UNREACHABLE_V4;
    }

    /** Absent: the embedded header is not all there, or has options. Whether it is a fragment does not matter. */
    static Optional<IpHeader> embedded(byte[] frame, IpHeader ip) {
        int offset = ip.transport() + HEADER;
        return ip.v6()
                ? ParseIp.ipv6(frame, offset)
                : ParseIp.ipv4(frame, offset).filter(header -> !header.options());
    }

    /** Host or address, or port: there is nobody to be told about it but the sender. */
    static boolean destinationUnreachable(byte[] frame, IpHeader ip) {
        int code = Bytes.u8(frame, ip.transport() + 1);
        return ip.v6() ? type(frame, ip) == UNREACHABLE_V6 && (code == 3 || code == 4) : code == 1 || code == 3;
    }

    static void countPathMtu(byte[] frame, IpHeader ip, Tally tally) {
        if (ip.v6() && type(frame, ip) == PACKET_TOO_BIG_V6) {
            tally.count(Counter.TOO_BIG_SEEN_V6);
            if (Bytes.u32(frame, ip.transport() + 4) < SMALLEST_USUAL_MTU) {
                tally.count(Counter.TOO_BIG_SEEN_SMALL_V6);
            }
        }
        if (!ip.v6() && Bytes.u8(frame, ip.transport() + 1) == FRAGMENTATION_NEEDED) {
            tally.count(Counter.FRAG_NEEDED_V4);
            if (Bytes.u16(frame, ip.transport() + 6) < SMALLEST_USUAL_MTU) {
                tally.count(Counter.FRAG_NEEDED_SMALL_V4);
            }
        }
    }

    private static int type(byte[] frame, IpHeader ip) {
        return Bytes.u8(frame, ip.transport());
    }
}
