package io.makolb.reference;

import java.util.Optional;

/** Section 2: the IP header. */
final class ParseIp {

    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3FFF;
    private static final int FRAGMENT_HEADER = 44;

    private ParseIp() {}

    /** Absent: the header is not all there. */
    static Optional<IpHeader> ipv4(byte[] frame, int offset) {
        if (!Bytes.present(frame, offset, IPV4_HEADER)) {
            return Optional.empty();
        }
        return Optional.of(new IpHeader(
                offset + IPV4_HEADER,
                Bytes.u8(frame, offset + 9),
                Bytes.u8(frame, offset + 1),
                Bytes.u16(frame, offset + 2),
                Ip.of(Bytes.slice(frame, offset + 12, 4)),
                Ip.of(Bytes.slice(frame, offset + 16, 4)),
                (Bytes.u8(frame, offset) & 0x0F) != IPV4_HEADER / 4,
                (Bytes.u16(frame, offset + 6) & MORE_FRAGMENTS_AND_OFFSET) != 0));
    }

    /** Absent: the header is not all there. Only a fragment header that comes first is seen. */
    static Optional<IpHeader> ipv6(byte[] frame, int offset) {
        if (!Bytes.present(frame, offset, IPV6_HEADER)) {
            return Optional.empty();
        }
        int nextHeader = Bytes.u8(frame, offset + 6);
        return Optional.of(new IpHeader(
                offset + IPV6_HEADER,
                nextHeader,
                Bytes.u16(frame, offset) >> 4 & 0xFF,
                Bytes.u16(frame, offset + 4),
                Ip.of(Bytes.slice(frame, offset + 8, 16)),
                Ip.of(Bytes.slice(frame, offset + 24, 16)),
                false,
                nextHeader == FRAGMENT_HEADER));
    }
}
