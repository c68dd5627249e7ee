package io.makolb.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.makolb.model.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * @param type URI of the kind of problem
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail what happened this time
 * @param remedy what to do about it
 * @param instance the path that was asked for
 * @param errors the offending members of the body
 * @param revision the configuration's revision when it happened
 * @param errno error number of the system call behind it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "Why a request was not carried out (RFC 9457)")
public record ProblemBody(
        @Schema(description = "Kind of problem", example = "tag:makolb.io,2026:problem/invalid-value")
        String type,

        @Schema(description = "The kind of problem in words", example = "A value cannot be used")
        String title,

        @Schema(description = "The HTTP status", example = "422")
        int status,

        @Schema(description = "What happened, as a sentence", example = "The port is 70000; ports are 0 to 65535.")
        String detail,

        @Schema(
                description = "What to do about it, as a sentence",
                example = "Correct the members that 'errors' points at.")
        String remedy,

        @Schema(
                description = "The path that was asked for; absent where the request had none that could be read",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "/api/v1/vips/10.200.1.1-80-tcp")
        String instance,

        @Schema(description = "The offending members of the body") @Nullable List<Violation> errors,

        @Schema(description = "Revision of the configuration when it happened", example = "17") @Nullable Long revision,

        @Schema(description = "Error number of the system call behind it") @Nullable Integer errno) {

    static ProblemBody of(ProblemException problem, String instance, @Nullable Long revision) {
        ProblemName name = problem.problem();
        return new ProblemBody(
                name.type(),
                name.title(),
                name.status(),
                problem.detail(),
                problem.remedy(),
                instance,
                problem.violations().isEmpty() ? null : problem.violations(),
                revision,
                problem.errno() == 0 ? null : problem.errno());
    }

    /** What it looks like, for the API's description. */
    public static ProblemBody example(ProblemName name) {
        List<Violation> errors = name == ProblemName.INVALID_VALUE
                ? List.of(new Violation("/port", "out-of-range", "The port is 70000; ports are 0 to 65535."))
                : null;
        return new ProblemBody(
                name.type(),
                name.title(),
                name.status(),
                name.meaning(),
                name.remedy(),
                "/api/v1/vips/10.200.1.1-80-tcp",
                errors,
                17L,
                null);
    }
}
