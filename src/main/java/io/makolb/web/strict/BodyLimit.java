package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends the reading of a body at the limit of its route, whether or not its length was announced. */
public final class BodyLimit extends OncePerRequestFilter {

    private static final DataSize ORDINARY = DataSize.ofMegabytes(1);
    private static final DataSize CONFIGURATION = DataSize.ofMegabytes(64);

    private final ProblemWriter problems;
    private final DataSize bulk;

    /**
     * Announced lengths are answered through {@code problems} without reading anything.
     *
     * @param bulk limit of lines of JSON
     */
    public BodyLimit(ProblemWriter problems, DataSize bulk) {
        this.problems = problems;
        this.bulk = bulk;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = limit(request);
        if (request.getContentLengthLong() > limit.toBytes()) {
            problems.write(tooLarge(limit), request, response);
            return;
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private DataSize limit(HttpServletRequest request) {
        if (request.getRequestURI().equals("/api/v1/config")) {
            return CONFIGURATION;
        }
        String type = request.getContentType();
        boolean lines = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-ndjson");
        return lines ? bulk : ORDINARY;
    }

    private static ProblemException tooLarge(DataSize limit) {
        return new ProblemException(
                ProblemName.BODY_TOO_LARGE,
                "The body is larger than " + inWords(limit) + ", the limit of this route.",
                remedy(limit));
    }

    private static String inWords(DataSize limit) {
        return limit.toMegabytes() > 0 ? limit.toMegabytes() + " MiB" : limit.toBytes() + " bytes";
    }

    private static String remedy(DataSize limit) {
        if (limit.equals(CONFIGURATION)) {
            return "Send the configuration in parts: VIP by VIP, with PUT /api/v1/vips/{vip} and its /reals.";
        }
        return limit.equals(ORDINARY)
                ? ProblemName.BODY_TOO_LARGE.remedy()
                : "Raise mako.api.max-bulk-bytes and restart Mako, or send less.";
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final DataSize limit;

        Limited(HttpServletRequest request, DataSize limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private final DataSize limit;
        private long read;

        Counted(ServletInputStream body, DataSize limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int octets = body.read(buffer, offset, length);
            count(octets);
            return octets;
        }

        private void count(int octets) {
            read += Math.max(0, octets);
            if (read > limit.toBytes()) {
                throw tooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
