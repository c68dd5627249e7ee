package io.makolb.web.vip;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which labels a resource must have: {@code key=value} or {@code key}, separated by commas, all of which must hold.
 *
 * @param demanded the value that each label must have; empty: any
 */
record LabelSelector(Map<String, Optional<String>> demanded) {

    /**
     * Reads a selector.
     *
     * @param text null: everything is selected
     * @throws ProblemException bad-request when it is none
     */
    static LabelSelector of(@Nullable String text) {
        Map<String, Optional<String>> demanded = new LinkedHashMap<>();
        if (text != null) {
            for (String part : text.split(",", -1)) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                if (!LabelRules.isName(name)) {
                    throw malformed(
                            "The label selector '" + text + "' has '" + part + "' in it, which names no label.");
                }
                Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(part.substring(equals + 1));
                if (demanded.containsKey(name)) {
                    throw malformed("The label selector '" + text + "' names '" + name + "' twice.");
                }
                demanded.put(name, value);
            }
        }
        return new LabelSelector(demanded);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(
                ProblemName.BAD_REQUEST,
                detail,
                "Give key=value or key, several separated by commas: ?label=env%3Dprod,team. All must hold.");
    }

    /** Whether nothing is demanded. */
    boolean isEmpty() {
        return demanded.isEmpty();
    }

    boolean matches(Map<String, String> labels) {
        return demanded.entrySet().stream().allMatch(demand -> {
            String value = labels.get(demand.getKey());
            return value != null && demand.getValue().map(value::equals).orElse(true);
        });
    }
}
