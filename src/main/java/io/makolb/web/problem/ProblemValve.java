package io.makolb.web.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

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
        ProblemName name = isFormOfTheRequest(status) ? ProblemName.BAD_REQUEST : ProblemName.INTERNAL_ERROR;
        String detail = detail(status);
        if (isShuttingDown(request)) {
            // The container does not read the headers of such a request any more, and then misses the one that names
            // the host.
            name = ProblemName.WRITER_BUSY;
            detail = "Mako is shutting down.";
            status = name.status();
            response.setStatus(status);
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
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

    /** A request on a connection that was open before, which reached no application because the server is on its way down. */
    private static boolean isShuttingDown(Request request) {
        return request.getContext() == null
                && request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused();
    }

    /** 501 and 505 are said of a method, an encoding or a version that nobody here knows, not of a defect. */
    private static boolean isFormOfTheRequest(int status) {
        return status < 500 || status == 501 || status == 505;
    }

    private static String detail(int status) {
        return switch (status) {
            case 417 -> "The header Expect demands something else than 100-continue.";
            case 501 -> "The method or the Transfer-Encoding of the request is not known here.";
            case 505 -> "The request is of another version than HTTP/1.1 or HTTP/1.0.";
            default ->
                isFormOfTheRequest(status)
                        ? "The request is not valid HTTP: the URL is too long or has characters that must be escaped, or a"
                                + " header is too long, wrong or missing."
                        : "Something failed that should not.";
        };
    }
}
