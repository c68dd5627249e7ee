package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.PackedKey;
import io.makolb.model.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which routes two sets differ, as long as they are few.
 *
 * @param puts new ones and those with another real
 * @param removes those that go
 * @param after all of them as they will be
 * @param areAll whether they are few enough to be all here
 */
record RouteEdits(Map<PackedKey, Address> puts, List<PackedKey> removes, BulkSet<Prefix> after, boolean areAll) {

    static RouteEdits between(BulkSet<Prefix> before, BulkSet<Prefix> after, int few) {
        Map<PackedKey, Address> puts = new LinkedHashMap<>();
        List<PackedKey> removes = new ArrayList<>();
        boolean areAll = after.comparedWith(before).size() <= few;
        if (areAll) {
            before.table().differences(after.table(), (key, was, is) -> {
                if (is == null) {
                    removes.add(key);
                } else {
                    puts.put(key, is);
                }
            });
        }
        return new RouteEdits(puts, removes, after, areAll);
    }

    /** The real of the longest other prefix that holds a network which has no route of its own. */
    Optional<Address> around(PackedKey key) {
        Prefix prefix = BulkKind.SOURCE_ROUTES.unpack(key);
        for (int length = prefix.length() - 1; length >= 0; length--) {
            Address real = after.get(new Prefix(prefix.address().masked(length), length));
            if (real != null) {
                return Optional.of(real);
            }
        }
        return Optional.empty();
    }
}
