package io.makolb.reference;

/** Sections 3.1 and 3.2: a ping is answered in place, with a checksum that is valid if the request's was (decision 2). */
final class EchoReply {

    private static final int TTL = 64;
    private static final int REPLY_V4 = 0;
    private static final int REPLY_V6 = 129;

    private EchoReply() {}

    static byte[] to(byte[] request, IpHeader ip) {
        byte[] frame = request.clone();
        System.arraycopy(Ethernet.backToSender(request), 0, frame, 0, Ethernet.HEADER);
        int icmp = ip.transport();
        int checksum = Bytes.u16(frame, icmp + 2);
        if (ip.v6()) {
            frame[Ethernet.HEADER + 7] = TTL;
            put(frame, Ethernet.HEADER + 8, ip.destination(), ip.source());
            frame[icmp] = (byte) REPLY_V6;
            Bytes.put16(frame, icmp + 2, checksum < 0x100 ? checksum - 0x101 : checksum - 0x100);
        } else {
            frame[Ethernet.HEADER + 8] = TTL;
            put(frame, Ethernet.HEADER + 12, ip.destination(), ip.source());
            Ipv4Header.seal(frame, Ethernet.HEADER);
            frame[icmp] = REPLY_V4;
            int sum = checksum + 0x800;
            Bytes.put16(frame, icmp + 2, sum > 0xFFFF ? sum + 1 : sum);
        }
        return frame;
    }

    private static void put(byte[] frame, int offset, Ip first, Ip second) {
        byte[] both = Bytes.join(first.bytes(), second.bytes());
        System.arraycopy(both, 0, frame, offset, both.length);
    }
}
