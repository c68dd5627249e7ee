package io.makolb.web.strict;

import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a body, so that the caller learns all of it at once. */
public final class Findings {

    private static final int ENOUGH = 100;

    private final List<Refusal> refusals = new ArrayList<>();

    /** Reads a member; a refusal is noted under its pointer, and the answer is null then. */
    public <T> @Nullable T read(String pointer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Refusal refusal) {
            add(refusal.violations().isEmpty() ? placed(refusal, pointer) : refusal.under(pointer));
            return null;
        }
    }

    /** Checks something; a refusal is noted where it says that it stands. */
    public void check(Runnable check) {
        try {
            check.run();
        } catch (Refusal refusal) {
            add(refusal);
        }
    }

    /** What reads a text, such as an id, does not know that it stands in a document. */
    private static Refusal placed(Refusal refusal, String pointer) {
        Violation place = new Violation(pointer, "unusable", refusal.detail());
        return new Refusal(
                refusal.reason(), refusal.detail(), refusal.remedy(), List.of(place), refusal.errno(), refusal);
    }

    /** Notes a refusal whose pointers are complete. */
    public void add(Refusal refusal) {
        if (refusals.size() < ENOUGH) {
            refusals.add(refusal);
        }
    }

    /** Notes an unusable value. */
    public void add(String pointer, String code, String message, String remedy) {
        add(Refusal.invalid(pointer, code, message, remedy));
    }

    /**
     * Ends the reading.
     *
     * @throws Refusal when anything was noted
     */
    public void raise() {
        if (refusals.isEmpty()) {
            return;
        }
        Refusal first = refusals.get(0);
        if (refusals.size() == 1) {
            throw first;
        }
        List<Violation> violations =
                refusals.stream().flatMap(r -> r.violations().stream()).toList();
        boolean alike = refusals.stream().allMatch(r -> r.reason() == first.reason());
        throw new Refusal(
                alike ? first.reason() : Reason.INVALID_VALUE,
                refusals.size() + " members cannot be used; the first: " + first.detail(),
                first.remedy(),
                violations);
    }
}
