package io.makolb.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resources of every {@link EntryKind}. */
public final class Entries {

    /** None of any kind. */
    public static final Entries EMPTY = new Draft().freeze();

    private final Map<EntryKind<?, ?>, NavigableMap<?, ?>> byKind;

    private Entries(Map<EntryKind<?, ?>, NavigableMap<?, ?>> byKind) {
        this.byKind = byKind;
    }

    /** All of one kind, ordered by key. */
    @SuppressWarnings("unchecked") // a draft puts only what fits the kind
    public <K extends Comparable<? super K>, V> NavigableMap<K, V> of(EntryKind<K, V> kind) {
        NavigableMap<K, V> entries = (NavigableMap<K, V>) byKind.get(kind);
        return entries == null ? Collections.emptyNavigableMap() : entries;
    }

    /** What stands under a key; null: nothing. */
    public @Nullable Object get(EntryKind<?, ?> kind, Object key) {
        NavigableMap<?, ?> entries = byKind.get(kind);
        return entries == null ? null : entries.get(key);
    }

    /**
     * Checks that every key is one that its kind admits.
     *
     * @throws Refusal one is not
     */
    void check() {
        EntryKind.ALL.forEach(this::check);
    }

    private <K extends Comparable<? super K>, V> void check(EntryKind<K, V> kind) {
        of(kind).keySet().forEach(kind::check);
    }

    /** A copy to be changed. */
    public Draft edit() {
        Draft draft = new Draft();
        draft.byKind.putAll(byKind);
        return draft;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entries entries && byKind.equals(entries.byKind);
    }

    @Override
    public int hashCode() {
        return byKind.hashCode();
    }

    @Override
    public String toString() {
        return byKind.toString();
    }

    /** Entries that are being put together. Copies a kind when it is first touched. */
    public static final class Draft {
        private final Map<EntryKind<?, ?>, NavigableMap<?, ?>> byKind = new HashMap<>();
        private final Map<EntryKind<?, ?>, TreeMap<Object, Object>> touched = new HashMap<>();

        /** Puts one, over what stood there. */
        public <K extends Comparable<? super K>, V> Draft put(EntryKind<K, V> kind, K key, V value) {
            touched(kind).put(key, value);
            return this;
        }

        /** Puts one whose type is known to the kind alone; null removes it. */
        public <K extends Comparable<? super K>, V> Draft set(
                EntryKind<K, V> kind, Object key, @Nullable Object value) {
            if (value == null) {
                touched(kind).remove(key);
            } else {
                touched(kind).put(key, kind.valueType().cast(value));
            }
            return this;
        }

        /** Replaces all of one kind. */
        public <K extends Comparable<? super K>, V> Draft replace(EntryKind<K, V> kind, Map<K, V> entries) {
            touched.put(kind, new TreeMap<>(entries));
            return this;
        }

        private TreeMap<Object, Object> touched(EntryKind<?, ?> kind) {
            return touched.computeIfAbsent(kind, first -> {
                TreeMap<Object, Object> copy = new TreeMap<>();
                copy.putAll(byKind.getOrDefault(kind, Collections.emptyNavigableMap()));
                return copy;
            });
        }

        /** What was put together so far; what is changed afterwards does not change it. */
        public Entries freeze() {
            touched.forEach((kind, entries) -> byKind.put(kind, Collections.unmodifiableNavigableMap(entries)));
            // Equal contents are equal entries, whatever was there in between.
            byKind.values().removeIf(Map::isEmpty);
            touched.clear();
            return new Entries(new HashMap<>(byKind));
        }
    }
}
