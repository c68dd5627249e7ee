package io.makolb.frames;

import io.makolb.reference.Bytes;

/**
 * A TCP segment (RFC 9293 section 3.1).
 *
 * @param sourcePort 0 to 65535
 * @param destinationPort 0 to 65535
 * @param flags the flags byte, see the constants
 * @param options at most 40 bytes, a multiple of 4
 * @param payload what follows the header
 */
public record TcpSegment(int sourcePort, int destinationPort, int flags, byte[] options, byte[] payload)
        implements Transported {

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int ACK = 0x10;

    static final int PROTOCOL = 6;
    private static final int HEADER = 20;
    private static final int CHECKSUM_OFFSET = 16;

    /** Without options. */
    public TcpSegment(int sourcePort, int destinationPort, int flags, byte[] payload) {
        this(sourcePort, destinationPort, flags, new byte[0], payload);
    }

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public byte[] bytes(byte[] source, byte[] destination) {
        byte[] segment = Bytes.join(
                Bytes.word(sourcePort),
                Bytes.word(destinationPort),
                Bytes.of(0, 0, 0, 1, 0, 0, 0, 1, (HEADER + options.length) / 4 << 4, flags, 0xFF, 0xFF, 0, 0, 0, 0),
                options,
                payload);
        Bytes.put16(segment, CHECKSUM_OFFSET, Transported.checksum(PROTOCOL, source, destination, segment));
        return segment;
    }
}
