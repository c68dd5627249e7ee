package io.makolb.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects resources of a kind in any order, as they are read, until they replace all that there were. */
public final class BulkLoad<K extends Comparable<? super K>> {

    private final BulkKind<K> kind;
    private final PackedSorter<Address> sorter = new PackedSorter<>();

    /** One object for each real, however often it is named. */
    private final Map<Address, Address> reals = new HashMap<>();

    /** Nothing yet. */
    public BulkLoad(BulkKind<K> kind) {
        this.kind = kind;
    }

    /**
     * Adds one.
     *
     * @param line where it was read, from 1 on
     * @throws Refusal it may not lead to that real
     */
    public void add(K key, Address real, int line) {
        kind.check(key, real);
        sorter.add(kind.pack(key), reals.computeIfAbsent(real, first -> first), line);
    }

    /** Adds one that some table holds, whether it should or not. */
    public void add(PackedKey key, Address real) {
        sorter.add(key, reals.computeIfAbsent(real, first -> first), 0);
    }

    /** How many were added. */
    public int size() {
        return sorter.size();
    }

    /**
     * All that were added.
     *
     * @throws Refusal {@link Reason#DUPLICATE_MEMBER} when a key was added twice
     */
    public BulkSet<K> finish() {
        return BulkSet.of(kind, sorter.sorted((key, first, second) -> {
            String message = kind.unpack(key) + " is entry " + first + " and again entry " + second + ".";
            return new Refusal(
                    Reason.DUPLICATE_MEMBER,
                    message,
                    "Name every " + kind.noun() + " once.",
                    List.of(new Violation("/" + (second - 1), "duplicate", message)));
        }));
    }
}
