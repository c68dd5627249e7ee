package io.makolb.reference;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An address of one of the two families. Families never mix: ::ffff:10.0.0.1 is an IPv6 address and not 10.0.0.1.
 *
 * @param bits 32 or 128
 * @param number the address as a number, first byte highest
 */
public record Ip(int bits, BigInteger number) {

    /** Reads a literal. */
    public static Ip of(String literal) {
        try {
            return of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    /** An address of 4 or 16 bytes. */
    public static Ip of(byte... bytes) {
        return new Ip(bytes.length * 8, new BigInteger(1, bytes));
    }

    /** True for IPv6. */
    public boolean v6() {
        return bits == 128;
    }

    /** 4 or 16 bytes in network order. */
    public byte[] bytes() {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[bits / 8];
        int length = Math.min(signed.length, bytes.length);
        System.arraycopy(signed, signed.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    /** The address of the same family whose bytes are all 0. */
    public Ip zeroed() {
        return new Ip(bits, BigInteger.ZERO);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(bytes()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(Arrays.toString(bytes()), e);
        }
    }
}
