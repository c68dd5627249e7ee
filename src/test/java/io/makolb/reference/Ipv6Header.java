package io.makolb.reference;

/** An IPv6 header of our own: flow label 0, hop limit 64. */
final class Ipv6Header {

    private static final int HOP_LIMIT = 64;

    private Ipv6Header() {}

    static byte[] of(int trafficClass, int payloadLength, int nextHeader, byte[] source, byte[] destination) {
        return Bytes.join(
                Bytes.word(6 << 12 | trafficClass << 4),
                Bytes.word(0),
                Bytes.word(payloadLength),
                Bytes.of(nextHeader, HOP_LIMIT),
                source,
                destination);
    }
}
