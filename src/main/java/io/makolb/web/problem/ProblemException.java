package io.makolb.web.problem;

import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** A request that cannot be carried out, with everything its problem details need. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemName name;
    private final String remedy;
    private final transient List<Violation> violations;
    private final int errno;
    private final transient Map<String, String> headers;

    private ProblemException(
            ProblemName name,
            String detail,
            String remedy,
            List<Violation> violations,
            int errno,
            Map<String, String> headers) {
        super(detail);
        this.name = name;
        this.remedy = remedy;
        this.violations = List.copyOf(violations);
        this.errno = errno;
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (name.status() == 503) {
            all.putIfAbsent(HttpHeaders.RETRY_AFTER, "1");
        }
        this.headers = Map.copyOf(all);
    }

    /** A problem of the request as a whole. */
    public ProblemException(ProblemName name, String detail, String remedy) {
        this(name, detail, remedy, List.of(), 0, Map.of());
    }

    /** A problem of one member of the body. */
    public ProblemException(ProblemName name, String pointer, String code, String message, String remedy) {
        this(name, message, remedy, List.of(new Violation(pointer, code, message)), 0, Map.of());
    }

    /** A problem of several members of the body. */
    public ProblemException(
            ProblemName name, String detail, String remedy, List<Violation> violations, Exception cause) {
        this(name, detail, remedy, violations, 0, Map.of());
        initCause(cause);
    }

    /** What a refusal looks like from outside. */
    public static ProblemException of(Refusal refusal) {
        ProblemException problem = new ProblemException(
                ProblemName.of(refusal.reason()),
                refusal.detail(),
                refusal.remedy(),
                refusal.violations(),
                refusal.errno(),
                Map.of());
        problem.initCause(refusal);
        return problem;
    }

    /** The same problem with one more header in the answer. */
    public ProblemException withHeader(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        ProblemException problem = new ProblemException(name, detail(), remedy, violations, errno, more);
        problem.initCause(this);
        return problem;
    }

    /** Which problem it is. */
    public ProblemName problem() {
        return name;
    }

    /** What happened, as a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What can be done, as a sentence. */
    public String remedy() {
        return remedy;
    }

    /** The offending members. */
    public List<Violation> violations() {
        return violations;
    }

    /** Error number of the system call behind it, or 0. */
    public int errno() {
        return errno;
    }

    /** Headers that the answer carries beside the body. */
    public Map<String, String> headers() {
        return headers;
    }
}
