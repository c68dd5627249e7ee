package io.makolb.ring;

/** Austin Appleby's MurmurHash3 x64-128 of a message of two 64-bit words, cut to its first 64 bits. */
final class Murmur3 {

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final long LENGTH = 16;

    private Murmur3() {}

    static long first64(long first, long second, int seed) {
        long h1 = Integer.toUnsignedLong(seed);
        long h2 = h1;
        h1 ^= Long.rotateLeft(first * C1, 31) * C2;
        h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
        h2 ^= Long.rotateLeft(second * C2, 33) * C1;
        h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        h1 ^= LENGTH;
        h2 ^= LENGTH;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long finish(long hash) {
        long h = hash;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
