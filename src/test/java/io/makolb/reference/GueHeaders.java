package io.makolb.reference;

import java.util.Optional;

/** Section 13.2: GUE, an IP and a UDP header with nothing between them and the client's packet. */
final class GueHeaders {

    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int CHECKSUM_OFFSET = 6;
    private static final int NONE = 0;

    private GueHeaders() {}

    static byte[] of(Settings.Gue gue, byte[] frame, IpHeader ip, Ip client, int port, Ip real) {
        int inner = ip.packetBytes() + (ip.v6() ? ParseIp.IPV6_HEADER : 0);
        int length = inner + UDP_HEADER & 0xFFFF;
        byte[] source = (real.v6() ? gue.sourceV6() : gue.sourceV4()).bytes();
        byte[] udp = Bytes.join(
                sourcePort(ip, client, port, real), Bytes.word(gue.port()), Bytes.word(length), Bytes.word(NONE));
        Optional<Long> innerSum = innerSum(frame, ip);
        if (innerSum.isPresent()) {
            long sum = words(udp) + words(source) + words(real.bytes()) + length + UDP + innerSum.get();
            // Decision 5: a checksum of 0 would say that there is none.
            int checksum = 0xFFFF - Math.floorMod(sum, 0xFFFF);
            Bytes.put16(udp, CHECKSUM_OFFSET, checksum);
        }
        byte[] header = real.v6()
                ? Ipv6Header.of(ip.tos(), length, UDP, source, real.bytes())
                : Ipv4Header.of(
                        ip.tos(), ip.packetBytes() + ParseIp.IPV4_HEADER + UDP_HEADER, UDP, source, real.bytes());
        return Bytes.join(header, udp);
    }

    private static byte[] sourcePort(IpHeader ip, Ip client, int port, Ip real) {
        byte[] s = client.bytes();
        if (!real.v6()) {
            return Bytes.of(port & 0xFF ^ s[2], port >> 8 ^ s[3]);
        }
        int first = ip.v6() ? 12 : 2;
        return Bytes.of(port >> 8 ^ s[first], port & 0xFF ^ s[first + 1]);
    }

    /**
     * What the client's packet sums up to if its own checksum is right: its transport checksum makes pseudo header and message
     * nothing, so the IP header less the pseudo header is left. Absent: it has no checksum, or one that does not cover all of it
     * (decision 5). All arithmetic is modulo 0xFFFF.
     */
    private static Optional<Long> innerSum(byte[] frame, IpHeader ip) {
        int headerLength = ip.v6() ? ParseIp.IPV6_HEADER : ParseIp.IPV4_HEADER;
        long header = words(Bytes.slice(frame, Ethernet.HEADER, headerLength));
        int message = ip.v6() ? ip.packetBytes() : ip.packetBytes() - headerLength;
        if (ip.protocol() == UDP
                && (Bytes.u16(frame, ip.transport() + CHECKSUM_OFFSET) == NONE
                        || Bytes.u16(frame, ip.transport() + 4) != (message & 0xFFFF))) {
            return Optional.empty();
        }
        if (ip.protocol() == Icmp.PROTOCOL_V4) {
            // The one checksum without a pseudo header (decision 5).
            return Optional.of(header);
        }
        long pseudoHeader = words(ip.source().bytes()) + words(ip.destination().bytes()) + message + ip.protocol();
        return Optional.of(header - pseudoHeader);
    }

    private static long words(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += Bytes.u16(bytes, i);
        }
        return sum;
    }
}
