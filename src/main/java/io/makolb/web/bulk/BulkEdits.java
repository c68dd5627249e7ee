package io.makolb.web.bulk;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.Change;
import io.makolb.model.Refusal;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.JsonFaults;
import io.makolb.web.strict.KeyMember;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Several edits that are made together or not at all. */
final class BulkEdits {

    private BulkEdits() {}

    /**
     * The change.
     *
     * @throws Refusal duplicate-member, or what cannot be used
     */
    static <K extends Comparable<? super K>> Change.EditBulk<K> change(
            BulkKind<K> kind, @Nullable Map<String, TargetBody> upsert, @Nullable List<String> remove) {
        Findings findings = new Findings();
        Map<K, Optional<Address>> edits = new HashMap<>();
        Map<K, String> seen = new HashMap<>();
        Objects.requireNonNullElse(upsert, Map.<String, TargetBody>of()).forEach((text, target) -> {
            String pointer = "/upsert/" + JsonFaults.escape(text);
            K key = key(kind, text, pointer, seen, findings);
            Address real = findings.read(pointer, target::toReal);
            if (key != null && real != null) {
                findings.read(pointer, () -> {
                    kind.check(key, real);
                    return edits.put(key, Optional.of(real));
                });
            }
        });
        List<String> given = Objects.requireNonNullElse(remove, List.of());
        for (int i = 0; i < given.size(); i++) {
            K key = key(kind, given.get(i), "/remove/" + i, seen, findings);
            if (key != null) {
                edits.put(key, Optional.empty());
            }
        }
        findings.raise();
        return new Change.EditBulk<>(kind, edits);
    }

    private static <K extends Comparable<? super K>> @Nullable K key(
            BulkKind<K> kind, String text, String pointer, Map<K, String> seen, Findings findings) {
        K key = findings.read(pointer, () -> kind.parse(text));
        if (key == null) {
            return null;
        }
        String first = seen.putIfAbsent(key, pointer);
        if (first != null) {
            findings.add(KeyMember.twice(kind.noun(), key, pointer, first));
            return null;
        }
        return key;
    }
}
