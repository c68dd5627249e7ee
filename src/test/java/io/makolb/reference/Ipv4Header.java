package io.makolb.reference;

/** An IPv4 header of our own: no options, identification 0, no fragment bits, TTL 64. */
final class Ipv4Header {

    private static final int TTL = 64;

    private Ipv4Header() {}

    static byte[] of(int tos, int totalLength, int protocol, byte[] source, byte[] destination) {
        byte[] header = Bytes.join(
                Bytes.of(0x45, tos),
                Bytes.word(totalLength),
                Bytes.word(0),
                Bytes.word(0),
                Bytes.of(TTL, protocol),
                Bytes.word(0),
                source,
                destination);
        seal(header, 0);
        return header;
    }

    /** Computes the checksum of the 20-byte header at an offset anew. */
    static void seal(byte[] frame, int offset) {
        Bytes.put16(frame, offset + 10, 0);
        Bytes.put16(frame, offset + 10, Bytes.checksum(Bytes.slice(frame, offset, ParseIp.IPV4_HEADER)));
    }
}
