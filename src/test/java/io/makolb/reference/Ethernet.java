package io.makolb.reference;

/** The Ethernet header. */
final class Ethernet {

    static final int HEADER = 14;
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86DD;
    private static final int MAC = 6;

    private Ethernet() {}

    static int type(byte[] frame) {
        return Bytes.u16(frame, 2 * MAC);
    }

    static byte[] destination(byte[] frame) {
        return Bytes.slice(frame, 0, MAC);
    }

    static byte[] source(byte[] frame) {
        return Bytes.slice(frame, MAC, MAC);
    }

    static byte[] header(byte[] destination, byte[] source, int type) {
        return Bytes.join(destination, source, Bytes.word(type));
    }

    /** The header that sends a frame back where it came from. */
    static byte[] backToSender(byte[] frame) {
        return header(source(frame), destination(frame), type(frame));
    }

    /** The whole frame, on its way back to where it came from. */
    static byte[] turnedRound(byte[] frame) {
        return Bytes.join(backToSender(frame), payload(frame));
    }

    static byte[] payload(byte[] frame) {
        return Bytes.slice(frame, HEADER, frame.length - HEADER);
    }
}
