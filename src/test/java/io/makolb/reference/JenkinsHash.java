package io.makolb.reference;

/** Section 11.1: Bob Jenkins' lookup3 as the Linux kernel has it, for two words and for 16 bytes. */
final class JenkinsHash {

    private static final int INITIAL = 0xdeadbeef;

    private int a;
    private int b;
    private int c;

    private JenkinsHash(int a, int b, int c) {
        this.a = a;
        this.b = b;
        this.c = c;
    }

    /** The kernel's jhash_2words. */
    static int ofWords(int first, int second, int seed) {
        int start = seed + INITIAL + (2 << 2);
        return new JenkinsHash(first + start, second + start, start).finish();
    }

    /** The kernel's jhash of 16 bytes. */
    static int of16Bytes(byte[] bytes, int seed) {
        int start = INITIAL + 16 + seed;
        JenkinsHash hash = new JenkinsHash(start + word(bytes, 0), start + word(bytes, 4), start + word(bytes, 8));
        hash.mix();
        hash.a += word(bytes, 12);
        return hash.finish();
    }

    /** Four bytes as a little-endian machine loads them. */
    static int word(byte[] bytes, int offset) {
        return Bytes.u8(bytes, offset)
                | Bytes.u8(bytes, offset + 1) << 8
                | Bytes.u8(bytes, offset + 2) << 16
                | Bytes.u8(bytes, offset + 3) << 24;
    }

    private void mix() {
        a -= c;
        a ^= Integer.rotateLeft(c, 4);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 6);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 8);
        b += a;
        a -= c;
        a ^= Integer.rotateLeft(c, 16);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 19);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 4);
        b += a;
    }

    private int finish() {
        c ^= b;
        c -= Integer.rotateLeft(b, 14);
        a ^= c;
        a -= Integer.rotateLeft(c, 11);
        b ^= a;
        b -= Integer.rotateLeft(a, 25);
        c ^= b;
        c -= Integer.rotateLeft(b, 16);
        a ^= c;
        a -= Integer.rotateLeft(c, 4);
        b ^= a;
        b -= Integer.rotateLeft(a, 14);
        c ^= b;
        c -= Integer.rotateLeft(b, 24);
        return c;
    }
}
