package io.makolb.web.http;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.strict.QueryNames;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants to see beside the configuration.
 *
 * @param status operational state; such an answer has no entity tag
 */
@QueryNames("include")
public record Inclusion(boolean status) {

    static Inclusion of(@Nullable String include) {
        if (include != null && !include.equals("status")) {
            throw new ProblemException(
                    ProblemName.INVALID_VALUE, "The parameter 'include' is '" + include + "'.", "Give include=status.");
        }
        return new Inclusion(include != null);
    }
}
