package io.makolb.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In how much two sets differ. To compare millions takes a while, and several have to know.
 *
 * @param created keys that are new
 * @param changed keys with another real
 * @param deleted keys that are gone
 * @param edits what leads from one to the other, at most {@link #NAMED} of it; without a real: gone
 */
public record BulkComparison(int created, int changed, int deleted, Map<PackedKey, Optional<Address>> edits) {

    /** So many keys are named one by one. */
    public static final int NAMED = 1000;

    static BulkComparison of(PackedTable<Address> before, PackedTable<Address> after) {
        Map<PackedKey, Optional<Address>> edits = new TreeMap<>();
        int[] counts = new int[3];
        before.differences(after, (key, was, is) -> {
            counts[was == null ? 0 : is == null ? 2 : 1]++;
            if (edits.size() < NAMED) {
                edits.put(key, Optional.ofNullable(is));
            }
        });
        return new BulkComparison(counts[0], counts[1], counts[2], Collections.unmodifiableMap(edits));
    }

    /** How many keys differ. */
    public int size() {
        return created + changed + deleted;
    }

    /** Whether all that differs is named. */
    public boolean isSmall() {
        return size() <= NAMED;
    }
}
