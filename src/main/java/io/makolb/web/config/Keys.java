package io.makolb.web.config;

import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.JsonFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads objects that are keyed by an identity: the same identity in two spellings is a duplicate. */
final class Keys {

    private Keys() {}

    /** Takes one entry. */
    interface Entry<K, V> {
        void read(K key, String pointer, V value);
    }

    static <K, V> void read(
            String under,
            @Nullable Map<String, V> object,
            Function<String, K> parse,
            Findings findings,
            Entry<K, V> entry) {
        if (object == null) {
            return;
        }
        Map<K, String> seen = new HashMap<>();
        object.forEach((text, value) -> {
            String pointer = under + "/" + JsonFaults.escape(text);
            K key = findings.read(pointer, () -> parse.apply(text));
            if (key == null) {
                return;
            }
            String first = seen.putIfAbsent(key, text);
            if (first == null) {
                entry.read(key, pointer, value);
            } else {
                String message = "'" + text + "' and '" + first + "' are the same.";
                findings.add(new Refusal(
                        Reason.DUPLICATE_MEMBER,
                        message,
                        "Name it once.",
                        List.of(new Violation(pointer, "duplicate", message))));
            }
        });
    }
}
