package io.makolb.frames;

import io.makolb.reference.Bytes;

/** What an IP packet carries. */
public interface Transported {

    /** Its protocol number. */
    int protocol();

    /** Its bytes, with the checksum between these addresses. */
    byte[] bytes(byte[] source, byte[] destination);

    /** The checksum over the pseudo header of RFC 9293 section 3.1 or RFC 8200 section 8.1 and the message. */
    static int checksum(int protocol, byte[] source, byte[] destination, byte[] message) {
        byte[] rest = Bytes.join(Bytes.word(message.length >> 16), Bytes.word(message.length), Bytes.word(protocol));
        return Bytes.checksum(source, destination, rest, message);
    }
}
