package io.makolb.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Millions of sorted keys with a value each, without an object for every entry. It never changes: a changed table shares with the one
 * before it all chunks in which nothing changed, so an edit costs one chunk and a list of chunks, and what differs between two
 * tables is found by looking at the chunks they do not share.
 */
public final class PackedTable<V> {

    /** Most entries of a chunk: what one edit copies, and what the store writes again. */
    public static final int MOST = 512;

    /** Entries of a chunk in a table that is made at once: some can still come in between. */
    static final int FILL = 384;

    /** A chunk of less is put together with the one before it. */
    private static final int FEW = 64;

    /** One entry. */
    public record Entry<V>(PackedKey key, V value) {}

    /** What is done with the values of one key in two tables; one of them may be absent. */
    @FunctionalInterface
    public interface Visitor<V, W> {
        /** Visits a key. */
        void visit(PackedKey key, @Nullable V left, @Nullable W right);
    }

    private final List<PackedChunk<V>> chunks;
    private final int size;

    private PackedTable(List<PackedChunk<V>> chunks) {
        this.chunks = List.copyOf(chunks);
        this.size = chunks.stream().mapToInt(PackedChunk::size).sum();
    }

    /** A table without entries. */
    public static <V> PackedTable<V> empty() {
        return new PackedTable<>(List.of());
    }

    /**
     * A table of these chunks, in their order.
     *
     * @throws IllegalArgumentException the keys do not ascend
     */
    public static <V> PackedTable<V> of(List<PackedChunk<V>> chunks) {
        PackedKey last = null;
        for (PackedChunk<V> chunk : chunks) {
            for (int i = 0; i < chunk.size(); i++) {
                PackedKey key = chunk.key(i);
                if (last != null && last.compareTo(key) >= 0) {
                    throw new IllegalArgumentException("the keys of a table do not ascend");
                }
                last = key;
            }
        }
        return new PackedTable<>(chunks);
    }

    /** The chunks, ascending. */
    public List<PackedChunk<V>> chunks() {
        return chunks;
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    /** The value of a key; null: there is none. */
    public @Nullable V get(PackedKey key) {
        int at = chunkOf(key);
        if (at < 0) {
            return null;
        }
        PackedChunk<V> chunk = chunks.get(at);
        int index = chunk.find(key);
        return index < 0 ? null : chunk.values().get(index);
    }

    /** The last chunk that begins at or before a key; -1: it would stand before all. */
    private int chunkOf(PackedKey key) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (chunks.get(middle).key(0).compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The entries in order, made one by one as they are asked for. */
    public Iterator<Entry<V>> entries() {
        return new Walk<>(chunks, 0, 0);
    }

    /** Those behind a key, which need not be there. */
    public Iterator<Entry<V>> after(PackedKey key) {
        int at = chunkOf(key);
        if (at < 0) {
            return entries();
        }
        int index = chunks.get(at).find(key);
        return new Walk<>(chunks, at, index < 0 ? -index - 1 : index + 1);
    }

    private static final class Walk<V> implements Iterator<Entry<V>> {
        private final List<PackedChunk<V>> chunks;
        private int chunk;
        private int index;

        Walk(List<PackedChunk<V>> chunks, int chunk, int index) {
            this.chunks = chunks;
            this.chunk = chunk;
            this.index = index;
            settle();
        }

        private void settle() {
            if (chunk < chunks.size() && index >= chunks.get(chunk).size()) {
                chunk++;
                index = 0;
            }
        }

        @Override
        public boolean hasNext() {
            return chunk < chunks.size();
        }

        @Override
        public Entry<V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry<V> entry = new Entry<>(
                    chunks.get(chunk).key(index), chunks.get(chunk).values().get(index));
            index++;
            settle();
            return entry;
        }

        @Nullable PackedChunk<V> wholeChunk() {
            return index == 0 && hasNext() ? chunks.get(chunk) : null;
        }

        void skipChunk() {
            chunk++;
        }

        @Nullable Entry<V> nextOrNull() {
            return hasNext() ? next() : null;
        }
    }

    /** Visits every key whose values differ, in order. */
    public void differences(PackedTable<V> after, Visitor<V, V> visitor) {
        walk(after, true, (key, was, is) -> {
            if (was == null || !was.equals(is)) {
                visitor.visit(key, was, is);
            }
        });
    }

    /** Visits every key of both, in order. */
    void bothOf(PackedTable<V> after, Visitor<V, V> visitor) {
        walk(after, false, visitor);
    }

    @SuppressWarnings("ReferenceEquality") // chunks that are one object are equal without a look inside
    private void walk(PackedTable<V> after, boolean skipShared, Visitor<V, V> visitor) {
        Walk<V> lefts = new Walk<>(chunks, 0, 0);
        Walk<V> rights = new Walk<>(after.chunks, 0, 0);
        Entry<V> l = null;
        Entry<V> r = null;
        while (true) {
            if (skipShared && l == null && r == null) {
                PackedChunk<V> whole = lefts.wholeChunk();
                while (whole != null && whole == rights.wholeChunk()) {
                    lefts.skipChunk();
                    rights.skipChunk();
                    whole = lefts.wholeChunk();
                }
            }
            l = l == null ? lefts.nextOrNull() : l;
            r = r == null ? rights.nextOrNull() : r;
            if (l == null && r == null) {
                return;
            }
            int order = l == null ? 1 : r == null ? -1 : l.key().compareTo(r.key());
            if (l != null && order < 0) {
                visitor.visit(l.key(), l.value(), null);
                l = null;
            } else if (r != null && order > 0) {
                visitor.visit(r.key(), null, r.value());
                r = null;
            } else if (l != null && r != null) {
                visitor.visit(l.key(), l.value(), r.value());
                l = null;
                r = null;
            }
        }
    }

    /** The table with some values put and, where they are absent, keys removed. */
    public PackedTable<V> with(NavigableMap<PackedKey, Optional<V>> edits) {
        List<PackedChunk<V>> made = new ArrayList<>(chunks.size() + 1);
        NavigableMap<PackedKey, Optional<V>> left = edits;
        for (int i = 0; i < chunks.size(); i++) {
            PackedChunk<V> chunk = chunks.get(i);
            boolean last = i + 1 == chunks.size();
            NavigableMap<PackedKey, Optional<V>> here =
                    last ? left : left.headMap(chunks.get(i + 1).key(0), false);
            if (here.isEmpty()) {
                made.add(chunk);
            } else {
                merge(chunk, here, made);
                left = last ? left : left.tailMap(chunks.get(i + 1).key(0), true);
            }
        }
        if (chunks.isEmpty()) {
            PackedRun<V> run = new PackedRun<>();
            edits.forEach((key, value) -> value.ifPresent(put -> run.add(key, put)));
            run.cutInto(made);
        }
        return new PackedTable<>(made);
    }

    /** Edits may be of a width whose chunks come before or behind this one. */
    private static <V> void merge(
            PackedChunk<V> chunk, NavigableMap<PackedKey, Optional<V>> edits, List<PackedChunk<V>> made) {
        PackedRun<V> run = new PackedRun<>();
        PackedChunk<V> before = made.isEmpty() ? null : made.get(made.size() - 1);
        if (before != null
                && before.width() == chunk.width()
                && chunk.size() < FEW
                && before.size() + chunk.size() < FILL) {
            made.remove(made.size() - 1);
            run.addAll(before, 0, before.size());
        }
        int index = 0;
        for (Map.Entry<PackedKey, Optional<V>> edit : edits.entrySet()) {
            int found = chunk.find(edit.getKey());
            int end = found < 0 ? -found - 1 : found;
            run.addAll(chunk, index, end);
            edit.getValue().ifPresent(value -> run.add(edit.getKey(), value));
            index = found < 0 ? end : end + 1;
        }
        run.addAll(chunk, index, chunk.size());
        run.cutInto(made);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedTable<?> table && size == table.size && sameEntries(table);
    }

    private boolean sameEntries(PackedTable<?> other) {
        if (chunks.equals(other.chunks)) {
            return true;
        }
        Iterator<?> others = other.entries();
        for (Iterator<Entry<V>> mine = entries(); mine.hasNext(); ) {
            if (!mine.next().equals(others.next())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return chunks.isEmpty() ? 0 : 31 * size + chunks.get(0).key(0).hashCode();
    }
}
