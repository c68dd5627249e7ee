package io.makolb.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bob Jenkins' SpookyHash V2, 128 bits, of a message of exactly 16 bytes with both seeds 0: the short form of the algorithm with
 * one mixing round, which is all an IPv6 address needs.
 *
 * @param first the first 64 bits of the hash
 * @param second the second 64 bits of the hash
 */
record SpookyHash(long first, long second) {

    private static final long ARBITRARY = 0xdeadbeefdeadbeefL;
    private static final long LENGTH = 16;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] MIX_ROTATIONS = {50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36};
    private static final int[] END_ROTATIONS = {15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63};

    static SpookyHash of(byte[] message) {
        long[] state = {0, 0, ARBITRARY + (long) WORD.get(message, 0), ARBITRARY + (long) WORD.get(message, 8)};
        mix(state);
        state[3] += LENGTH << 56;
        state[2] += ARBITRARY;
        state[3] += ARBITRARY;
        end(state);
        return new SpookyHash(state[0], state[1]);
    }

    /** Step i works on three neighbours of the ring a, b, c, d, starting at c. */
    private static void mix(long[] state) {
        for (int i = 0; i < MIX_ROTATIONS.length; i++) {
            int x = i + 2 & 3;
            int y = i + 3 & 3;
            state[x] = Long.rotateLeft(state[x], MIX_ROTATIONS[i]) + state[y];
            state[i & 3] ^= state[x];
        }
    }

    /** Step i works on two neighbours of the ring a, b, c, d, starting at d. */
    private static void end(long[] state) {
        for (int i = 0; i < END_ROTATIONS.length; i++) {
            int x = i + 3 & 3;
            int previous = i + 2 & 3;
            state[x] ^= state[previous];
            state[previous] = Long.rotateLeft(state[previous], END_ROTATIONS[i]);
            state[x] += state[previous];
        }
    }
}
