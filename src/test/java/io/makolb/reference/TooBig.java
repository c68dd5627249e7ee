package io.makolb.reference;

/** Section 7: what the sender of a frame over the limit is told. */
final class TooBig {

    private static final int KEPT_V4 = 84;
    private static final int KEPT_V6 = 248;

    private TooBig() {}

    static byte[] reply(byte[] frame, IpHeader ip, int maxFrameSize) {
        byte[] ethernet = Ethernet.backToSender(frame);
        byte[] from = ip.destination().bytes();
        byte[] to = ip.source().bytes();
        byte[] mtu = Bytes.word(maxFrameSize - Ethernet.HEADER);
        if (ip.v6()) {
            byte[] icmp = Bytes.join(Bytes.of(2, 0, 0, 0, 0, 0), mtu, Bytes.slice(frame, Ethernet.HEADER, KEPT_V6));
            byte[] pseudoHeader =
                    Bytes.join(from, to, Bytes.word(0), Bytes.word(icmp.length), Bytes.of(0, 0, 0, Icmp.PROTOCOL_V6));
            Bytes.put16(icmp, 2, Bytes.checksum(pseudoHeader, icmp));
            return Bytes.join(ethernet, Ipv6Header.of(0, icmp.length, Icmp.PROTOCOL_V6, from, to), icmp);
        }
        byte[] icmp = Bytes.join(Bytes.of(3, 4, 0, 0, 0, 0), mtu, Bytes.slice(frame, Ethernet.HEADER, KEPT_V4));
        Bytes.put16(icmp, 2, Bytes.checksum(icmp));
        int totalLength = ParseIp.IPV4_HEADER + icmp.length;
        return Bytes.join(ethernet, Ipv4Header.of(0, totalLength, Icmp.PROTOCOL_V4, from, to), icmp);
    }
}
