package io.makolb.reference;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reading and writing numbers in network byte order, and the checksum of RFC 1071. */
public final class Bytes {

    private Bytes() {}

    static boolean present(byte[] frame, int offset, int length) {
        return offset + length <= frame.length;
    }

    static int u8(byte[] frame, int offset) {
        return frame[offset] & 0xFF;
    }

    /** Two bytes as a number. */
    public static int u16(byte[] frame, int offset) {
        return u8(frame, offset) << 8 | u8(frame, offset + 1);
    }

    static long u32(byte[] frame, int offset) {
        return (long) u16(frame, offset) << 16 | u16(frame, offset + 2);
    }

    /** Writes a number into two bytes; higher bits are lost. */
    public static void put16(byte[] frame, int offset, int value) {
        frame[offset] = (byte) (value >> 8);
        frame[offset + 1] = (byte) value;
    }

    static byte[] slice(byte[] frame, int offset, int length) {
        return Arrays.copyOfRange(frame, offset, offset + length);
    }

    /** All arrays, one after the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** Each number one byte. */
    public static byte[] of(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The number as two bytes. */
    public static byte[] word(int value) {
        return of(value >> 8, value);
    }

    /** The Internet checksum of the parts, each padded to an even length. */
    public static int checksum(byte[]... parts) {
        long sum = 0;
        for (byte[] part : parts) {
            for (int i = 0; i < part.length; i += 2) {
                sum += (part[i] & 0xFF) << 8 | (i + 1 < part.length ? part[i + 1] & 0xFF : 0);
            }
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return (int) ~sum & 0xFFFF;
    }
}
