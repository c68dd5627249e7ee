package io.makolb.model;

import java.util.Arrays;

/**
 * A key of a {@link PackedTable}: some bytes of an array that must not be changed. Shorter keys come before longer ones, equally
 * long ones in the order of their unsigned bytes.
 *
 * @param bytes where it lies
 * @param at its first byte
 * @param width its length
 */
public record PackedKey(byte[] bytes, int at, int width) implements Comparable<PackedKey> {

    /** A key that has an array to itself. */
    public static PackedKey of(byte... bytes) {
        return new PackedKey(bytes, 0, bytes.length);
    }

    /** One byte of it, 0 to 255. */
    public int get(int index) {
        return bytes[at + index] & 0xff;
    }

    /** So many bytes from one on as a number, highest first. */
    public long number(int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << 8 | get(i);
        }
        return number;
    }

    @Override
    public int compareTo(PackedKey other) {
        return width != other.width
                ? Integer.compare(width, other.width)
                : Arrays.compareUnsigned(bytes, at, at + width, other.bytes, other.at, other.at + width);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        int hash = width;
        for (int i = 0; i < width; i++) {
            hash = 31 * hash + bytes[at + i];
        }
        return hash;
    }
}
