package io.makolb.frames;

import io.makolb.reference.Bytes;

/**
 * A UDP datagram (RFC 768).
 *
 * @param sourcePort 0 to 65535
 * @param destinationPort 0 to 65535
 * @param payload what follows the header
 */
public record UdpDatagram(int sourcePort, int destinationPort, byte[] payload) implements Transported {

    static final int PROTOCOL = 17;
    private static final int HEADER = 8;
    private static final int CHECKSUM_OFFSET = 6;

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public byte[] bytes(byte[] source, byte[] destination) {
        byte[] datagram = Bytes.join(
                Bytes.word(sourcePort),
                Bytes.word(destinationPort),
                Bytes.word(HEADER + payload.length),
                Bytes.word(0),
                payload);
        int checksum = Transported.checksum(PROTOCOL, source, destination, datagram);
        Bytes.put16(datagram, CHECKSUM_OFFSET, checksum == 0 ? 0xFFFF : checksum);
        return datagram;
    }
}
