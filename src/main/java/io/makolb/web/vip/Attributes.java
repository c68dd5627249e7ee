package io.makolb.web.vip;

import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.model.Vip;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.web.strict.Findings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be said of a VIP beside its identity, as it stands in JSON: null = not said. */
public record Attributes(
        @Nullable List<VipFlag> flags,
        @Nullable HashFunction hashFunction,
        @Nullable OnEmpty onEmpty,
        @Nullable String description,
        @Nullable Map<String, String> labels) {

    static final int LONGEST_DESCRIPTION = 1000;

    /**
     * The VIP with these attributes.
     *
     * @param under JSON pointer of the object they stand in
     */
    public Vip of(VipId id, String under, Findings findings) {
        checkDescription(under, findings);
        if (labels != null) {
            LabelRules.check(labels, under + "/labels", findings);
        }
        return new Vip(
                id,
                flagSet(under, findings),
                Objects.requireNonNullElse(hashFunction, HashFunction.MAGLEV_V2),
                Objects.requireNonNullElse(onEmpty, OnEmpty.DROP),
                Objects.requireNonNullElse(description, ""),
                new TreeMap<>(Objects.requireNonNullElse(labels, Map.of())));
    }

    private Set<VipFlag> flagSet(String under, Findings findings) {
        Set<VipFlag> set = EnumSet.noneOf(VipFlag.class);
        List<VipFlag> given = Objects.requireNonNullElse(flags, List.of());
        for (int i = 0; i < given.size(); i++) {
            if (!set.add(given.get(i))) {
                String message = "The flag " + given.get(i) + " is named twice.";
                findings.add(new Refusal(
                        Reason.DUPLICATE_MEMBER,
                        message,
                        "Name it once.",
                        List.of(new Violation(under + "/flags/" + i, "duplicate", message))));
            }
        }
        return set;
    }

    private void checkDescription(String under, Findings findings) {
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            findings.add(
                    under + "/description",
                    "too-long",
                    "The description has " + description.length() + " characters.",
                    "Use at most " + LONGEST_DESCRIPTION + ".");
        }
    }
}
