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

        @Schema(description = "The kind of problem in words")
        String title,

        @Schema(description = "The HTTP status") int status,

        @Schema(description = "What happened, as a sentence")
        String detail,

        @Schema(description = "What to do about it, as a sentence")
        String remedy,

        @Schema(description = "The path that was asked for") String instance,

        @Schema(description = "The offending members of the body") @Nullable List<Violation> errors,

        @Schema(description = "Revision of the configuration when it happened") @Nullable Long revision,

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
}
