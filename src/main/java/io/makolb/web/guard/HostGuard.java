package io.makolb.web.guard;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that name another host, and requests that a browser sends for a page of another site. A page can point a
 * name of its own at 127.0.0.1 (DNS rebinding), or post to localhost; neither may change what packets obey.
 */
final class HostGuard extends OncePerRequestFilter {

    private final Set<String> hosts;
    private final ProblemWriter problems;

    HostGuard(Set<String> hosts, ProblemWriter problems) {
        this.hosts = Set.copyOf(hosts);
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (host == null || !hosts.contains(name(host))) {
            refuse(
                    ProblemName.FOREIGN_HOST,
                    host == null ? "The request has no Host header." : "The request is for the host '" + host + "'.",
                    request,
                    response);
        } else if (origin != null && !isOwn(origin)) {
            refuse(ProblemName.FOREIGN_ORIGIN, "A page of '" + origin + "' sent the request.", request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(ProblemName problem, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(new ProblemException(problem, detail, problem.remedy()), request, response);
    }

    private boolean isOwn(String origin) {
        String host = hostOf(origin);
        return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String hostOf(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The host without its port, which differs behind a tunnel. */
    private static String name(String header) {
        int colon = header.startsWith("[") ? header.indexOf(':', header.indexOf(']')) : header.lastIndexOf(':');
        String host = colon > 0 ? header.substring(0, colon) : header;
        return host.toLowerCase(Locale.ROOT);
    }
}
