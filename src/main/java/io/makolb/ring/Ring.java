package io.makolb.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A filled ring: for each slot the number of the real that serves it. Immutable. */
public final class Ring {

    /** The largest ring, and Katran's: in a larger one the 32-bit sums of Maglev wrap before a permutation has met every slot. */
    public static final int MAX_SIZE = 65537;

    /** What a slot without a real holds. */
    public static final int NO_REAL = 0;

    private final char[] slots;
    private final String digest;

    /** Takes the array over. */
    Ring(char[] slots) {
        this.slots = slots;
        this.digest = digestOf(slots);
    }

    /**
     * A ring read from somewhere, for instance back from the kernel.
     *
     * @param slots real numbers, {@link #NO_REAL} where there is none; copied
     */
    public static Ring of(char[] slots) {
        return new Ring(slots.clone());
    }

    /** The number of slots. */
    public int size() {
        return slots.length;
    }

    /**
     * The real that serves a slot.
     *
     * @param slot 0 to {@link #size()} - 1
     * @return its number, 1 to 65535, or {@link #NO_REAL}
     */
    public int real(int slot) {
        return slots[slot];
    }

    /** True if no slot has a real. */
    public boolean isEmpty() {
        for (char real : slots) {
            if (real != NO_REAL) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many slots each real has, by its number in ascending order; reals without a slot and empty slots are not
     * listed. Counted anew at every call.
     */
    public Map<Integer, Integer> shares() {
        return countShares(slots);
    }

    /** How many slots a real has; 0 if it has none. */
    public int share(int real) {
        int share = 0;
        for (char other : slots) {
            if (other == real) {
                share++;
            }
        }
        return share;
    }

    /** SHA-256 of the slots as little-endian 16-bit numbers, in hexadecimal: equal exactly for equal rings. */
    public String digest() {
        return digest;
    }

    /** All slots, a copy. */
    public char[] slots() {
        return slots.clone();
    }

    /**
     * Writes all slots in order as 16-bit numbers in the buffer's byte order, from its position on.
     *
     * @throws java.nio.BufferOverflowException if fewer than 2 * {@link #size()} bytes remain
     */
    public void writeTo(ByteBuffer buffer) {
        buffer.slice().order(buffer.order()).asCharBuffer().put(slots);
        buffer.position(buffer.position() + slots.length * Character.BYTES);
    }

    /**
     * In how many slots two rings of equal size differ.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public int slotsChangedFrom(Ring other) {
        if (other.slots.length != slots.length) {
            throw new IllegalArgumentException(
                    "rings of " + other.slots.length + " and " + slots.length + " slots cannot be compared");
        }
        int changed = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != other.slots[slot]) {
                changed++;
            }
        }
        return changed;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Ring other && digest.equals(other.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "Ring[size=" + slots.length + ", digest=" + digest + "]";
    }

    private static Map<Integer, Integer> countShares(char[] slots) {
        int largest = 0;
        for (char real : slots) {
            largest = Math.max(largest, real);
        }
        int[] counts = new int[largest + 1];
        for (char real : slots) {
            counts[real]++;
        }
        Map<Integer, Integer> shares = new TreeMap<>();
        for (int real = 1; real <= largest; real++) {
            if (counts[real] > 0) {
                shares.put(real, counts[real]);
            }
        }
        return Collections.unmodifiableMap(shares);
    }

    private static String digestOf(char[] slots) {
        ByteBuffer bytes = ByteBuffer.allocate(slots.length * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asCharBuffer().put(slots);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
