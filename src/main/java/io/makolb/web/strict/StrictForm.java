package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses forms of a request that the container would pass over in silence, before any handler is asked: parameters in the path,
 * and headers that stand there twice.
 */
public final class StrictForm extends OncePerRequestFilter {

    /** Of two, the container takes the first. */
    private static final List<String> SINGLE =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_ENCODING, HttpHeaders.ORIGIN, "X-Change-Message");

    private final ProblemWriter problems;

    /** Refusals are answered through {@code problems}. */
    public StrictForm(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ProblemException fault = fault(request);
        if (fault == null) {
            chain.doFilter(request, response);
        } else {
            problems.write(fault, request, response);
        }
    }

    private static @Nullable ProblemException fault(HttpServletRequest request) {
        if (request.getRequestURI().indexOf(';') >= 0) {
            return new ProblemException(
                    ProblemName.BAD_REQUEST,
                    "The path has a ';'. What stands behind it would be ignored.",
                    "Leave out the ';'; query parameters stand behind a '?'.");
        }
        for (String header : SINGLE) {
            if (Collections.list(request.getHeaders(header)).size() > 1) {
                return new ProblemException(
                        ProblemName.MALFORMED_HEADER,
                        "The header " + header + " stands there more than once.",
                        "Send it once.");
            }
        }
        return null;
    }
}
