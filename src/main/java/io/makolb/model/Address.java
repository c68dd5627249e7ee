package io.makolb.model;

import java.util.Arrays;

/**
 * An IPv4 or IPv6 unicast address. Two addresses are equal when they denote the same host, however they were written.
 *
 * @param ipv6 the family
 * @param high first eight bytes of an IPv6 address in network byte order; 0 for IPv4
 * @param low last eight bytes of an IPv6 address; for IPv4 the 32-bit number
 */
public record Address(boolean ipv6, long high, long low) implements Comparable<Address> {

    public Address {
        if (!ipv6 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("not a 32-bit address");
        }
    }

    /**
     * Reads an address of a VIP or a real.
     *
     * @param text dotted quad, or any form of RFC 4291 section 2.2
     * @throws Refusal {@link Reason#INVALID_VALUE} with an empty pointer when the text is no address, or an address that
     *     can be neither VIP nor real: IPv4-mapped, zoned, unspecified, loopback, multicast, link-local or broadcast
     */
    public static Address parse(String text) {
        return AddressText.parse(text);
    }

    /**
     * The same of the first address of a prefix. It may be the unspecified one, where the prefix has other addresses than those that RFC
     * 1122 section 3.2.1.3 and RFC 4291 section 2.4 reserve around it.
     *
     * @param length how many bits count
     */
    public static Address parse(String text, int length) {
        return AddressText.parse(text, length);
    }

    /** The IPv4 address of a 32-bit number, first byte highest. */
    public static Address ipv4(int number) {
        return new Address(false, 0, Integer.toUnsignedLong(number));
    }

    /** The address of 4 or 16 bytes in network byte order, of any scope. */
    public static Address ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> new Address(false, 0, number(bytes, 0, 4));
            case 16 -> new Address(true, number(bytes, 0, 8), number(bytes, 8, 8));
            default ->
                throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + Arrays.toString(bytes));
        };
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }

    /** The 4 or 16 bytes in network byte order. */
    public byte[] toBytes() {
        byte[] bytes = new byte[ipv6 ? 16 : 4];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd < 8 ? low >>> 8 * fromEnd : high >>> 8 * (fromEnd - 8));
        }
        return bytes;
    }

    /** The first of the addresses that begin with the same bits. */
    public Address masked(int bits) {
        if (!ipv6) {
            return new Address(false, 0, low & -1L << 32 - bits & 0xffffffffL);
        }
        return new Address(true, high & upper(Math.min(bits, 64)), low & upper(Math.max(bits - 64, 0)));
    }

    /** A word of which the upper bits are set. */
    private static long upper(int bits) {
        return bits == 0 ? 0 : -1L << 64 - bits;
    }

    /** Bits of an address of this family: 32 or 128. */
    public int bits() {
        return ipv6 ? 128 : 32;
    }

    /** IPv4 before IPv6, then by number. */
    @Override
    public int compareTo(Address other) {
        if (ipv6 != other.ipv6) {
            return ipv6 ? 1 : -1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text: dotted quad, or RFC 5952. */
    @Override
    public String toString() {
        return AddressText.format(this);
    }
}
