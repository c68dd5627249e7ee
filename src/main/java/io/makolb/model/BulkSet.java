package io.makolb.model;

import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All resources of one {@link BulkKind}; never changes. */
public final class BulkSet<K extends Comparable<? super K>> {

    /** What is done with one key whose real differs; one of the two may be absent. */
    @FunctionalInterface
    public interface Visitor<K> {
        /** Visits a key. */
        void visit(K key, @Nullable Address before, @Nullable Address after);
    }

    private record Compared(WeakReference<Object> before, BulkComparison result) {}

    private final BulkKind<K> kind;
    private final PackedTable<Address> table;

    /** How many keys lead to each real: which reals there are must be known after every edit, without a look at all keys. */
    private final Map<Address, Integer> uses;

    private volatile @Nullable Compared compared;
    private volatile @Nullable String digest;

    private BulkSet(BulkKind<K> kind, PackedTable<Address> table, Map<Address, Integer> uses) {
        this.kind = kind;
        this.table = table;
        this.uses = Collections.unmodifiableMap(uses);
    }

    /** None of a kind; the same object always. */
    public static <K extends Comparable<? super K>> BulkSet<K> empty(BulkKind<K> kind) {
        return kind.none();
    }

    static <K extends Comparable<? super K>> BulkSet<K> emptyOf(BulkKind<K> kind) {
        return new BulkSet<>(kind, PackedTable.empty(), Map.of());
    }

    /** Those of a table. */
    public static <K extends Comparable<? super K>> BulkSet<K> of(BulkKind<K> kind, PackedTable<Address> table) {
        Map<Address, Integer> uses = new HashMap<>();
        for (PackedChunk<Address> chunk : table.chunks()) {
            chunk.values().forEach(real -> uses.merge(real, 1, Integer::sum));
        }
        return new BulkSet<>(kind, table, uses);
    }

    /** What they are. */
    public BulkKind<K> kind() {
        return kind;
    }

    /** Keys and reals as they are kept. */
    public PackedTable<Address> table() {
        return table;
    }

    /** How many there are. */
    public int size() {
        return table.size();
    }

    /** The reals that keys lead to. */
    public Set<Address> reals() {
        return uses.keySet();
    }

    /** The real of a key; null: it has none. */
    public @Nullable Address get(K key) {
        return table.get(kind.pack(key));
    }

    /**
     * The real of a key that must have one.
     *
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public Address require(K key) {
        Address real = get(key);
        if (real == null) {
            throw kind.missing(key);
        }
        return real;
    }

    /** Those behind a key, in order, made one by one. */
    public Iterator<Map.Entry<K, Address>> after(K key) {
        return unpacked(table.after(kind.pack(key)));
    }

    /** All of them, in order, made one by one. */
    public Iterator<Map.Entry<K, Address>> all() {
        return unpacked(table.entries());
    }

    private Iterator<Map.Entry<K, Address>> unpacked(Iterator<PackedTable.Entry<Address>> packed) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return packed.hasNext();
            }

            @Override
            public Map.Entry<K, Address> next() {
                PackedTable.Entry<Address> entry = packed.next();
                return Map.entry(kind.unpack(entry.key()), entry.value());
            }
        };
    }

    /** Visits every key whose real is another one in {@code later}. */
    public void differences(BulkSet<K> later, Visitor<K> visitor) {
        table.differences(later.table, (key, was, is) -> visitor.visit(kind.unpack(key), was, is));
    }

    /** The same with some keys put and, where the real is absent, others removed. */
    public BulkSet<K> with(Map<K, Optional<Address>> edits) {
        Map<PackedKey, Optional<Address>> packed = new HashMap<>();
        edits.forEach((key, real) -> packed.put(kind.pack(key), real));
        return withPacked(packed);
    }

    private BulkSet<K> withPacked(Map<PackedKey, Optional<Address>> edits) {
        NavigableMap<PackedKey, Optional<Address>> needed = new TreeMap<>();
        Map<Address, Integer> counted = new HashMap<>(uses);
        edits.forEach((key, real) -> {
            Address was = table.get(key);
            if (!real.equals(Optional.ofNullable(was))) {
                needed.put(key, real);
                real.ifPresent(now -> counted.merge(now, 1, Integer::sum));
                if (was != null) {
                    counted.computeIfPresent(was, (any, count) -> count == 1 ? null : count - 1);
                }
            }
        });
        return needed.isEmpty() ? this : new BulkSet<>(kind, table.with(needed), counted);
    }

    /** In what it differs from an earlier one. Remembered, because whoever plans a large change asks again and again. */
    public BulkComparison comparedWith(BulkSet<K> before) {
        Compared known = compared;
        if (known == null || known.before().get() != before) {
            known = new Compared(new WeakReference<>(before), BulkComparison.of(before.table, table));
            compared = known;
        }
        return known.result();
    }

    /** The same resources; where they differ little from others, as an edit of those, so that both share most of their chunks. */
    BulkSet<K> asEditOf(BulkSet<K> other) {
        BulkComparison edit = comparedWith(other);
        return edit.isSmall() ? other.withPacked(edit.edits()) : this;
    }

    /** Of every key and real in order: equal digests mean equal sets. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = newDigest();
            digest = known;
        }
        return known;
    }

    private String newDigest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Iterator<PackedTable.Entry<Address>> all = table.entries(); all.hasNext(); ) {
                PackedTable.Entry<Address> entry = all.next();
                sha.update(entry.key().bytes(), entry.key().at(), entry.key().width());
                sha.update(entry.value().toBytes());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof BulkSet<?> set && kind == set.kind && table.equals(set.table);
    }

    @Override
    public int hashCode() {
        return table.hashCode();
    }

    @Override
    public String toString() {
        return size() + " " + kind;
    }
}
