package io.makolb.web.audit;

import io.makolb.web.http.Answers;
import io.makolb.web.http.CanonicalPath;
import io.makolb.web.http.ChangeMessage;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Records every request that could have changed something, whatever became of it. */
final class AuditFilter extends OncePerRequestFilter {

    /** RFC 9110 section 9.2.1. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final AuditLog log;
    private final InstantSource clock;

    AuditFilter(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begin = System.nanoTime();
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        // The answer waits: whoever has got it finds the write in the record.
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, answer);
            status = answer.getStatus();
        } finally {
            record(request, answer, status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
        answer.copyBodyToResponse();
    }

    private void record(HttpServletRequest request, HttpServletResponse response, int status, long millis) {
        String author = request.getRemoteAddr();
        String from = author.contains(":") ? "[" + author + "]" : author;
        String message = ChangeMessage.asSent(request);
        String changed = response.getHeader(Answers.CHANGED);
        String revision = response.getHeader(Answers.REVISION);
        log.append(number -> new AuditEntry(
                number,
                clock.instant(),
                author,
                from + ":" + request.getRemotePort(),
                request.getMethod(),
                resource(request),
                request.getQueryString(),
                asksForDryRun(request),
                message.isEmpty() ? null : message,
                status,
                ProblemWriter.problemOf(request).map(ProblemName::toString).orElse(null),
                changed == null ? null : Boolean.valueOf(changed),
                revision == null ? null : Long.valueOf(revision),
                millis));
    }

    private static String resource(HttpServletRequest request) {
        String path = CanonicalPath.of(request);
        return path.startsWith(Answers.BASE) ? path.substring(Answers.BASE.length()) : path;
    }

    /** Also where nothing came of it, because it was refused. As the handler would read it, however it was spelled. */
    private static boolean asksForDryRun(HttpServletRequest request) {
        return request.getQueryString() != null && "true".equals(request.getParameter("dryRun"));
    }
}
