package io.makolb.linux;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A 48-bit link-layer address.
 *
 * @param bits the address as a number, first byte highest; 0..2^48-1
 */
public record EthernetAddress(long bits) {

    private static final int BYTES = 6;

    public EthernetAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("An Ethernet address has 48 bits, this is " + Long.toHexString(bits));
        }
    }

    /** Reads the bytes of a netlink attribute; empty when it is the address of another kind of link. */
    static Optional<EthernetAddress> read(ByteBuffer bytes) {
        if (bytes.remaining() != BYTES) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < BYTES; i++) {
            bits = bits << 8 | Byte.toUnsignedLong(bytes.get(bytes.position() + i));
        }
        return Optional.of(new EthernetAddress(bits));
    }

    @Override
    public String toString() {
        String digits = "%012x".formatted(bits);
        return String.join(":", digits.split("(?<=\\G..)"));
    }
}
