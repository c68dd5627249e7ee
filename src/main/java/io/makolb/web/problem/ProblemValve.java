package io.makolb.web.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the servlet container refuses before it knows which application was asked: URLs and headers that are not HTTP. The
 * container makes it by name, so it has no collaborators.
 */
public final class ProblemValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);
    private static final String BODY =
            "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"remedy\":\"%s\"}";

    /** Called by the container. */
    public ProblemValve() {}

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemName name = status < 500 ? ProblemName.BAD_REQUEST : ProblemName.INTERNAL_ERROR;
        String detail = status < 500
                ? "The request is not valid HTTP: the URL has characters that must be escaped, or a header is wrong or missing."
                : "Something failed that should not.";
        // Nothing in it comes from the request, so nothing needs escaping.
        byte[] body = BODY.formatted(name.type(), name.title(), status, detail, name.remedy())
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The client hung up before it got its refusal.", e);
        }
    }
}
