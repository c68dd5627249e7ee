package io.makolb.plane;

import io.makolb.model.Address;

/**
 * The 16 bytes of an address as packets carry them, in two words as the machine loads them.
 *
 * @param first bytes 0 to 7
 * @param second bytes 8 to 15
 */
record WireAddress(long first, long second) {

    /** Bytes 8 to 11 of ::ffff:a.b.c.d, as a loaded word. */
    private static final long MAPPED = 0xffff0000L;

    /** A VIP's address; IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2). */
    static WireAddress ofVip(Address address) {
        return address.ipv6()
                ? new WireAddress(Long.reverseBytes(address.high()), Long.reverseBytes(address.low()))
                : new WireAddress(0, Long.reverseBytes(address.low()) | MAPPED);
    }

    /** A real's address; IPv4 in the first four bytes, the rest zero. */
    static WireAddress ofReal(Address address) {
        return address.ipv6()
                ? new WireAddress(Long.reverseBytes(address.high()), Long.reverseBytes(address.low()))
                : new WireAddress(Integer.toUnsignedLong(Integer.reverseBytes((int) address.low())), 0);
    }

    /** What {@link #ofVip} was given. */
    Address toVip() {
        boolean ipv4 = first == 0 && (second & 0xffffffffL) == MAPPED;
        return ipv4 ? Address.ipv4(Integer.reverseBytes((int) (second >>> 32))) : toIpv6();
    }

    /** What {@link #ofReal} was given. */
    Address toReal(boolean ipv6) {
        return ipv6 ? toIpv6() : Address.ipv4(Integer.reverseBytes((int) first));
    }

    private Address toIpv6() {
        return new Address(true, Long.reverseBytes(first), Long.reverseBytes(second));
    }
}
