package io.makolb.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects entries in any order and makes a table of them. What it takes for an entry while it collects is the key, a reference to
 * the value, and a number for sorting.
 */
final class PackedSorter<V> {

    /** Keys of one width, in the order they came. */
    private static final class Column<V> {
        private final int width;
        private byte[] keys;
        private Object[] values = new Object[1024];
        private int[] origins = new int[1024];
        private int size;

        Column(int width) {
            this.width = width;
            this.keys = new byte[1024 * width];
        }

        void add(PackedKey key, V value, int origin) {
            if (size == values.length) {
                int larger = size + (size >> 1);
                keys = Arrays.copyOf(keys, Math.multiplyExact(larger, width));
                values = Arrays.copyOf(values, larger);
                origins = Arrays.copyOf(origins, larger);
            }
            System.arraycopy(key.bytes(), key.at(), keys, size * width, width);
            values[size] = value;
            origins[size] = origin;
            size++;
        }

        int compare(int left, int right) {
            int l = left * width;
            int r = right * width;
            return Arrays.compareUnsigned(keys, l, l + width, keys, r, r + width);
        }

        PackedKey key(int index) {
            return new PackedKey(keys, index * width, width);
        }

        @SuppressWarnings("unchecked") // only values are put in
        V value(int index) {
            return (V) values[index];
        }
    }

    /** Told of a key that comes a second time. */
    @FunctionalInterface
    interface Duplicate {
        RuntimeException of(PackedKey key, int first, int second);
    }

    private final List<Column<V>> columns = new ArrayList<>();

    /**
     * Adds an entry.
     *
     * @param origin where it came from, for the message about a duplicate
     */
    void add(PackedKey key, V value, int origin) {
        for (Column<V> column : columns) {
            if (column.width == key.width()) {
                column.add(key, value, origin);
                return;
            }
        }
        Column<V> column = new Column<>(key.width());
        column.add(key, value, origin);
        columns.add(column);
        columns.sort((left, right) -> Integer.compare(left.width, right.width));
    }

    int size() {
        return columns.stream().mapToInt(column -> column.size).sum();
    }

    /** The table. */
    PackedTable<V> sorted(Duplicate duplicate) {
        List<PackedChunk<V>> chunks = new ArrayList<>();
        for (Column<V> column : columns) {
            int[] order = order(column);
            for (int i = 1; i < order.length; i++) {
                if (column.compare(order[i - 1], order[i]) == 0) {
                    throw duplicate.of(column.key(order[i]), column.origins[order[i - 1]], column.origins[order[i]]);
                }
            }
            for (int from = 0; from < order.length; from += PackedTable.FILL) {
                chunks.add(chunk(column, order, from, Math.min(order.length, from + PackedTable.FILL)));
            }
        }
        return PackedTable.of(chunks);
    }

    private PackedChunk<V> chunk(Column<V> column, int[] order, int from, int to) {
        byte[] keys = new byte[(to - from) * column.width];
        List<V> values = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            System.arraycopy(column.keys, order[i] * column.width, keys, (i - from) * column.width, column.width);
            values.add(column.value(order[i]));
        }
        return new PackedChunk<>(column.width, keys, values);
    }

    /** Merge sort of positions: stable, and quick where much is in order already, as in a list that somebody exported. */
    private static int[] order(Column<?> column) {
        int[] order = new int[column.size];
        Arrays.setAll(order, i -> i);
        int[] spare = order.clone();
        sort(column, spare, order, 0, order.length);
        return order;
    }

    private static void sort(Column<?> column, int[] from, int[] into, int begin, int end) {
        if (end - begin < 2) {
            return;
        }
        int middle = (begin + end) >>> 1;
        sort(column, into, from, begin, middle);
        sort(column, into, from, middle, end);
        if (column.compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, begin, into, begin, end - begin);
            return;
        }
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            boolean takeLeft = right >= end || left < middle && column.compare(from[left], from[right]) <= 0;
            into[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
