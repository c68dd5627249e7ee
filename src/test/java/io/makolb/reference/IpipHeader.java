package io.makolb.reference;

/** Section 13.1: IPIP. */
final class IpipHeader {

    private static final int IPV4_INSIDE = 4;
    private static final int IPV6_INSIDE = 41;

    private IpipHeader() {}

    static byte[] of(Settings settings, IpHeader ip, Ip client, int port, Ip real) {
        return real.v6() ? outerIpv6(settings, ip, client, port, real) : outerIpv4(settings, ip, client, port, real);
    }

    private static byte[] outerIpv4(Settings settings, IpHeader ip, Ip client, int port, Ip real) {
        byte[] s = client.bytes();
        byte[] source = Bytes.join(settings.outerPrefixV4(), Bytes.of(s[2] ^ port & 0xFF, s[3] ^ port >> 8));
        return Ipv4Header.of(ip.tos(), ip.packetBytes() + ParseIp.IPV4_HEADER, IPV4_INSIDE, source, real.bytes());
    }

    private static byte[] outerIpv6(Settings settings, IpHeader ip, Ip client, int port, Ip real) {
        byte[] s = client.bytes();
        int first = ip.v6() ? 12 : 0;
        byte[] source = Bytes.join(
                settings.outerPrefixV6(),
                Bytes.of(s[first] ^ port >> 8, s[first + 1] ^ port & 0xFF, s[first + 2], s[first + 3]));
        return Ipv6Header.of(
                ip.tos(),
                ip.packetBytes() + (ip.v6() ? ParseIp.IPV6_HEADER : 0),
                ip.v6() ? IPV6_INSIDE : IPV4_INSIDE,
                source,
                real.bytes());
    }
}
