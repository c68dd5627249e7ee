package io.makolb.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources of every {@link BulkKind}; never changes. */
public final class BulkSets {

    /** None of any kind. */
    public static final BulkSets EMPTY = new BulkSets(Map.of());

    private final Map<BulkKind<?>, BulkSet<?>> byKind;

    private BulkSets(Map<BulkKind<?>, BulkSet<?>> byKind) {
        this.byKind = byKind;
    }

    /** All of one kind. */
    @SuppressWarnings("unchecked") // sets are put under their own kind
    public <K extends Comparable<? super K>> BulkSet<K> of(BulkKind<K> kind) {
        BulkSet<?> set = byKind.get(kind);
        return set == null ? kind.none() : (BulkSet<K>) set;
    }

    /** The same with all of one kind replaced. */
    public BulkSets with(BulkSet<?> set) {
        Map<BulkKind<?>, BulkSet<?>> changed = new HashMap<>(byKind);
        if (set.size() == 0) {
            changed.remove(set.kind());
        } else {
            changed.put(set.kind(), set);
        }
        return new BulkSets(changed);
    }

    /** The reals that keys of any kind lead to. */
    public Set<Address> reals() {
        Set<Address> reals = new HashSet<>();
        byKind.values().forEach(set -> reals.addAll(set.reals()));
        return reals;
    }

    /** Whether a key of any kind leads to a real. */
    public boolean leadTo(Address real) {
        return byKind.values().stream().anyMatch(set -> set.reals().contains(real));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BulkSets sets && byKind.equals(sets.byKind);
    }

    @Override
    public int hashCode() {
        return byKind.hashCode();
    }

    @Override
    public String toString() {
        return byKind.values().toString();
    }
}
