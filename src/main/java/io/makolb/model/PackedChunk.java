package io.makolb.model;

import java.util.Arrays;
import java.util.List;

/**
 * A run of sorted keys of one width with their values; never changes.
 *
 * @param width bytes of each key
 * @param keys one after the other
 * @param values of each key, shared where they are equal
 */
public record PackedChunk<V>(int width, byte[] keys, List<V> values) {

    public PackedChunk {
        if (values.isEmpty() || keys.length != width * values.size()) {
            throw new IllegalArgumentException(
                    keys.length + " bytes are not " + values.size() + " keys of " + width + " bytes");
        }
        values = List.copyOf(values);
    }

    /** Number of entries, at least one. */
    public int size() {
        return values.size();
    }

    /** One of its keys. */
    public PackedKey key(int index) {
        return new PackedKey(keys, index * width, width);
    }

    /** Which stands here: an entry of this key, else {@code -(where it would stand) - 1}. */
    int find(PackedKey key) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private int compare(int index, PackedKey key) {
        if (width != key.width()) {
            return Integer.compare(width, key.width());
        }
        int from = index * width;
        return Arrays.compareUnsigned(keys, from, from + width, key.bytes(), key.at(), key.at() + width);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedChunk<?> chunk
                && width == chunk.width
                && Arrays.equals(keys, chunk.keys)
                && values.equals(chunk.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keys);
    }
}
