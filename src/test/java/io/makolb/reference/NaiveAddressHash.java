package io.makolb.reference;

import java.math.BigInteger;

/** The hash of an address as the ring's specification describes it, in unbounded numbers cut to 64 bits. */
final class NaiveAddressHash {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger FACTOR = new BigInteger("9ddfea08eb382d69", 16);
    private static final BigInteger FNV_START = BigInteger.valueOf(2166136261L);
    private static final BigInteger FNV_FACTOR = BigInteger.valueOf(16777619L);
    private static final long SPOOKY = 0xdeadbeefdeadbeefL;
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final int D = 3;

    private NaiveAddressHash() {}

    static long of(Ip address) {
        byte[] bytes = address.bytes();
        return (address.v6() ? combined(BigInteger.TEN, spooky(bytes)) : combined(BigInteger.TWO, fnv(bytes)))
                .longValue();
    }

    private static BigInteger fnv(byte[] bytes) {
        BigInteger hash = FNV_START;
        for (byte signed : bytes) {
            hash = hash.multiply(FNV_FACTOR).xor(BigInteger.valueOf(signed)).mod(BigInteger.ONE.shiftLeft(32));
        }
        return hash;
    }

    private static BigInteger combined(BigInteger upper, BigInteger lower) {
        BigInteger a = folded(lower.xor(upper).multiply(FACTOR));
        BigInteger b = folded(upper.xor(a).multiply(FACTOR));
        return b.multiply(FACTOR).mod(MODULUS);
    }

    private static BigInteger folded(BigInteger product) {
        BigInteger cut = product.mod(MODULUS);
        return cut.xor(cut.shiftRight(47));
    }

    private static BigInteger spooky(byte[] bytes) {
        long[] s = {0, 0, SPOOKY + littleEndian(bytes, 0), SPOOKY + littleEndian(bytes, 8)};
        int[][] mixed = {{C, D, A}, {D, A, B}, {A, B, C}, {B, C, D}};
        int[] mixBy = {50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36};
        for (int step = 0; step < mixBy.length; step++) {
            int[] xyz = mixed[step % mixed.length];
            s[xyz[0]] = Long.rotateLeft(s[xyz[0]], mixBy[step]);
            s[xyz[0]] += s[xyz[1]];
            s[xyz[2]] ^= s[xyz[0]];
        }
        s[D] += 16L << 56;
        s[C] += SPOOKY;
        s[D] += SPOOKY;
        int[][] ended = {{D, C}, {A, D}, {B, A}, {C, B}};
        int[] endBy = {15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63};
        for (int step = 0; step < endBy.length; step++) {
            int[] xp = ended[step % ended.length];
            s[xp[0]] ^= s[xp[1]];
            s[xp[1]] = Long.rotateLeft(s[xp[1]], endBy[step]);
            s[xp[0]] += s[xp[1]];
        }
        return combined(unsigned(s[A]), unsigned(s[B]));
    }

    private static long littleEndian(byte[] bytes, int offset) {
        return Integer.toUnsignedLong(JenkinsHash.word(bytes, offset))
                | (long) JenkinsHash.word(bytes, offset + 4) << 32;
    }

    private static BigInteger unsigned(long value) {
        return BigInteger.valueOf(value).mod(MODULUS);
    }
}
