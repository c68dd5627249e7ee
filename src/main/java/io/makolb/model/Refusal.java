package io.makolb.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that cannot be carried out; nothing was changed by it. It says what to do instead. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String remedy;
    private final transient List<Violation> violations;
    private final int errno;

    /** A refusal that concerns the request as a whole. */
    public Refusal(Reason reason, String detail, String remedy) {
        this(reason, detail, remedy, List.of(), 0, null);
    }

    /** A refusal that names the offending parts of the request. */
    public Refusal(Reason reason, String detail, String remedy, List<Violation> violations) {
        this(reason, detail, remedy, violations, 0, null);
    }

    /**
     * A refusal with everything.
     *
     * @param errno error number of the system call behind it, or 0
     */
    public Refusal(
            Reason reason,
            String detail,
            String remedy,
            List<Violation> violations,
            int errno,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.remedy = remedy;
        this.violations = List.copyOf(violations);
        this.errno = errno;
    }

    /** An unusable value: {@link Reason#INVALID_VALUE} with one violation. */
    public static Refusal invalid(String pointer, String code, String message, String remedy) {
        return new Refusal(Reason.INVALID_VALUE, message, remedy, List.of(new Violation(pointer, code, message)));
    }

    /** What kind of refusal this is. */
    public Reason reason() {
        return reason;
    }

    /** What happened, as a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What the caller can do about it, as a sentence. */
    public String remedy() {
        return remedy;
    }

    /** The offending parts of the request; may be empty. */
    public List<Violation> violations() {
        return violations;
    }

    /** Error number of the system call behind it, or 0. */
    public int errno() {
        return errno;
    }

    /** The same refusal with {@code prefix} in front of every pointer: the value stood deeper in the body. */
    public Refusal under(String prefix) {
        List<Violation> moved = violations.stream().map(v -> v.under(prefix)).toList();
        return new Refusal(reason, detail(), remedy, moved, errno, this);
    }
}
