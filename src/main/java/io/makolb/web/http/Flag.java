package io.makolb.web.http;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import org.jspecify.annotations.Nullable;

/** A query parameter that is true or false, and not yes, on or 1 as the framework would have it. */
public final class Flag {

    private Flag() {}

    /** Reads one; absent is false. */
    public static boolean of(String name, @Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new ProblemException(
                ProblemName.INVALID_VALUE, "The parameter '" + name + "' is '" + value + "'.", "Give true or false.");
    }
}
