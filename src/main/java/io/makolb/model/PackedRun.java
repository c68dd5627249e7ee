package io.makolb.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ascending entries on their way into chunks. */
final class PackedRun<V> {

    private byte[] keys = new byte[0];
    private final List<V> values = new ArrayList<>();
    private int width;
    private final List<PackedChunk<V>> cut = new ArrayList<>();

    void add(PackedKey key, V value) {
        reserve(key.width());
        System.arraycopy(key.bytes(), key.at(), keys, values.size() * width, width);
        values.add(value);
    }

    void addAll(PackedChunk<V> chunk, int from, int to) {
        for (int i = from; i < to; i++) {
            add(chunk.key(i), chunk.values().get(i));
        }
    }

    /** Keys of another width go into chunks of their own. */
    private void reserve(int wanted) {
        if (wanted != width) {
            cut();
            width = wanted;
        }
        int bytes = (values.size() + 1) * width;
        if (bytes > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(bytes, Math.max(2 * keys.length, PackedTable.MOST * width)));
        }
    }

    /** Appends what was added, in chunks of about the same size. */
    void cutInto(List<PackedChunk<V>> chunks) {
        cut();
        chunks.addAll(cut);
        cut.clear();
    }

    PackedTable<V> toTable() {
        List<PackedChunk<V>> chunks = new ArrayList<>();
        cutInto(chunks);
        return PackedTable.of(chunks);
    }

    private void cut() {
        int count = values.size();
        int pieces = count <= PackedTable.MOST ? 1 : (count + PackedTable.FILL - 1) / PackedTable.FILL;
        for (int piece = 0; piece < pieces && count > 0; piece++) {
            int from = (int) ((long) count * piece / pieces);
            int to = (int) ((long) count * (piece + 1) / pieces);
            cut.add(new PackedChunk<>(
                    width, Arrays.copyOfRange(keys, from * width, to * width), values.subList(from, to)));
        }
        values.clear();
    }
}
