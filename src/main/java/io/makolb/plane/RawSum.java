package io.makolb.plane;

import io.makolb.model.Address;

/**
 * Sums of 16-bit words as this machine loads them from packets, not folded: what the Internet checksum (RFC 1071) is made of,
 * whose byte order cancels out as long as all words are loaded alike.
 */
final class RawSum {

    private RawSum() {}

    /** The words of an address. */
    static long of(Address address) {
        return of(address.toBytes());
    }

    /** The words of an even number of bytes in network order. */
    static long of(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += bytes[i] & 0xff | (bytes[i + 1] & 0xff) << 8;
        }
        return sum;
    }

    /** A number as it stands in a packet, loaded as one word. */
    static short word(int number) {
        return Short.reverseBytes((short) number);
    }
}
