package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body where the handler reads none, as a mistaken {@code {"dryRun":true}} must not execute; and one that would have to
 * be decoded first. Its media type is the business of the mapping, its content that of {@link StrictJson}.
 */
public final class StrictBodies implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            if (readsBody(method)) {
                requirePlain(request);
            } else if (announcesBody(request)) {
                throw new ProblemException(
                        ProblemName.BAD_REQUEST,
                        request.getMethod() + " " + request.getRequestURI() + " takes no body.",
                        "Leave the body out; what can be said of it stands in the query.");
            }
        }
        return true;
    }

    private static boolean announcesBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static boolean readsBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    private static void requirePlain(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                            ProblemName.UNSUPPORTED_MEDIA_TYPE,
                            "The body is encoded with " + encoding + ", which is not undone here.",
                            "Send the body as it is, without Content-Encoding.")
                    .withHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        String type = request.getContentType();
        Charset charset = type == null ? null : MediaType.parseMediaType(type).getCharset();
        // JSON is UTF-8 (RFC 8259 section 8.1).
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw new ProblemException(
                    ProblemName.UNSUPPORTED_MEDIA_TYPE,
                    "The body is said to be " + charset + ", and JSON is UTF-8.",
                    "Send the body in UTF-8, and leave out the charset.");
        }
    }
}
