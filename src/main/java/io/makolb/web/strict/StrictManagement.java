package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses query parameters that an endpoint under {@code /actuator} does not know: what serves them is no handler of ours. */
public final class StrictManagement extends OncePerRequestFilter {

    private static final String SCRAPE = "/actuator/prometheus";

    /** Of the scrape: the names of the metrics that are wanted. */
    private static final Set<String> OF_SCRAPE = Set.of("includedNames");

    private final ProblemWriter problems;

    /** Refusals are answered through {@code problems}. */
    public StrictManagement(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        try {
            if (query != null) {
                StrictParameters.check(query, SCRAPE.equals(request.getRequestURI()) ? OF_SCRAPE : Set.of());
            }
        } catch (ProblemException fault) {
            problems.write(fault, request, response);
            return;
        }
        chain.doFilter(request, response);
    }
}
