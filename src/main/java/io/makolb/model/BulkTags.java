package io.makolb.model;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The revision of the last change to each resource of a {@link BulkKind}. Most were last changed together, so only the others are kept
 * one by one.
 *
 * @param usual revision of those that are no exception
 * @param exceptions of the others
 */
public record BulkTags(long usual, PackedTable<Long> exceptions) {

    /** Of resources that nobody has changed. */
    public static final BulkTags NONE = new BulkTags(0, PackedTable.empty());

    /** The revision of a resource that exists. */
    public long of(PackedKey key) {
        Long exception = exceptions.get(key);
        return exception == null ? usual : exception;
    }

    /** The tags after a revision that led from one set to another. */
    public <K extends Comparable<? super K>> BulkTags after(long revision, BulkSet<K> before, BulkSet<K> after) {
        BulkComparison compared = after.comparedWith(before);
        if (!compared.isSmall()) {
            return anew(revision, before.table(), after.table(), 2 * compared.size() > after.size());
        }
        NavigableMap<PackedKey, Optional<Long>> edits = new TreeMap<>();
        compared.edits().forEach((key, real) -> edits.put(key, real.map(now -> revision)));
        return new BulkTags(usual, exceptions.with(edits));
    }

    private BulkTags anew(long revision, PackedTable<Address> before, PackedTable<Address> after, boolean mostAreNew) {
        long newUsual = mostAreNew ? revision : usual;
        PackedRun<Long> others = new PackedRun<>();
        Long shared = revision;
        before.bothOf(after, (key, was, is) -> {
            Long tag = is != null && is.equals(was) ? Long.valueOf(of(key)) : shared;
            if (is != null && tag != newUsual) {
                others.add(key, tag);
            }
        });
        return new BulkTags(newUsual, others.toTable());
    }
}
