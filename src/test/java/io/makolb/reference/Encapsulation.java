package io.makolb.reference;

/** Section 13.1: IPIP. The client's packet is carried bit for bit, with whatever follows it in the frame. */
final class Encapsulation {

    private static final int IPV4_INSIDE = 4;
    private static final int IPV6_INSIDE = 41;

    private final Settings settings;

    Encapsulation(Settings settings) {
        this.settings = settings;
    }

    /**
     * The frame on its way to the real.
     *
     * @param frame as received
     * @param ip its IP header
     * @param client the source address of the flow as it was hashed
     * @param port the source port of the flow as it was looked up
     * @param real where to
     * @param gateway MAC address of the next hop
     */
    byte[] encapsulated(byte[] frame, IpHeader ip, Ip client, int port, Ip real, byte[] gateway) {
        byte[] outer = real.v6() ? outerIpv6(ip, client, port, real) : outerIpv4(ip, client, port, real);
        byte[] ethernet =
                Ethernet.header(gateway, Ethernet.destination(frame), real.v6() ? Ethernet.IPV6 : Ethernet.IPV4);
        return Bytes.join(ethernet, outer, Ethernet.payload(frame));
    }

    private byte[] outerIpv4(IpHeader ip, Ip client, int port, Ip real) {
        if (ip.v6()) {
            throw new IllegalArgumentException("an IPv6 client cannot be sent to " + real);
        }
        byte[] s = client.bytes();
        byte[] source = Bytes.join(settings.outerPrefixV4(), Bytes.of(s[2] ^ low(port), s[3] ^ high(port)));
        return Ipv4Header.of(ip.tos(), ip.packetBytes() + ParseIp.IPV4_HEADER, IPV4_INSIDE, source, real.bytes());
    }

    private byte[] outerIpv6(IpHeader ip, Ip client, int port, Ip real) {
        byte[] s = client.bytes();
        int first = ip.v6() ? 12 : 0;
        byte[] source = Bytes.join(
                settings.outerPrefixV6(),
                Bytes.of(s[first] ^ high(port), s[first + 1] ^ low(port), s[first + 2], s[first + 3]));
        return Ipv6Header.of(
                ip.tos(),
                ip.packetBytes() + (ip.v6() ? ParseIp.IPV6_HEADER : 0),
                ip.v6() ? IPV6_INSIDE : IPV4_INSIDE,
                source,
                real.bytes());
    }

    private static int high(int port) {
        return port >> 8;
    }

    private static int low(int port) {
        return port & 0xFF;
    }
}
