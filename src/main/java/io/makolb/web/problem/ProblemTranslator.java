package io.makolb.web.problem;

import io.makolb.model.Refusal;
import io.makolb.web.strict.JsonFaults;
import io.makolb.web.strict.Spelling;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Finds the problem that an exception stands for, ours or the framework's. */
final class ProblemTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemTranslator.class);

    private ProblemTranslator() {}

    /**
     * The problem.
     *
     * @param path that was asked for, as it was written
     */
    static ProblemException translate(Exception e, String path) {
        ProblemException ours = find(e, ProblemException.class);
        if (ours != null) {
            return ours;
        }
        Refusal refusal = find(e, Refusal.class);
        if (refusal != null) {
            return ProblemException.of(refusal);
        }
        JacksonException json = find(e, JacksonException.class);
        if (e instanceof HttpMessageNotReadableException) {
            return json != null ? JsonFaults.problem(json) : missingBody();
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            return unusableParameter(mismatch);
        }
        if (e instanceof ErrorResponse response) {
            return ofFramework(e, response, path);
        }
        return internal(e);
    }

    private static ProblemException ofFramework(Exception e, ErrorResponse response, String path) {
        if (e instanceof NoResourceFoundException) {
            return noSuchPath(path);
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            String allow = String.join(", ", allowed(method));
            return new ProblemException(
                            ProblemName.METHOD_NOT_ALLOWED,
                            "This resource has no method " + method.getMethod() + ".",
                            "It has " + allow + ".")
                    .withHeader(HttpHeaders.ALLOW, allow);
        }
        if (e instanceof HttpMediaTypeNotSupportedException type) {
            return mediaType(type.getContentType(), type.getSupportedMediaTypes());
        }
        if (e instanceof HttpMediaTypeNotAcceptableException type) {
            return new ProblemException(
                    ProblemName.NOT_ACCEPTABLE,
                    "The answer has no form that the Accept header admits.",
                    "Accept " + joined(type.getSupportedMediaTypes()) + ".");
        }
        String detail = response.getBody().getDetail();
        return switch (response.getStatusCode().value()) {
            case 400 -> plain(ProblemName.BAD_REQUEST, detail == null ? "The request is not well-formed." : detail);
            case 404 -> plain(ProblemName.NOT_FOUND, "There is no such resource.");
            case 413 -> plain(ProblemName.BODY_TOO_LARGE, "The body is too large.");
            default -> internal(e);
        };
    }

    /** What OPTIONS answers, too: where there is GET there is HEAD. */
    private static Set<String> allowed(HttpRequestMethodNotSupportedException refused) {
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        String[] handled = refused.getSupportedMethods();
        if (handled != null) {
            methods.addAll(List.of(handled));
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    /** The problem of a path that leads nowhere. */
    static ProblemException noSuchPath(String path) {
        List<String> roots = List.of(
                "/api/v1/vips",
                "/api/v1/reals",
                "/api/v1/connections",
                "/api/v1/dataplane",
                "/api/v1/config",
                "/api/v1/revisions",
                "/api/v1/audit",
                "/api/v1/stats",
                "/api/v1/events",
                "/actuator/health",
                "/swagger-ui.html",
                "/v3/api-docs");
        String remedy = Spelling.nearest(path, roots)
                .map(near -> "Did you mean " + near + "?")
                .orElse("The paths are listed at /swagger-ui.html and /v3/api-docs.");
        return new ProblemException(ProblemName.NOT_FOUND, "There is nothing at " + path + ".", remedy);
    }

    private static ProblemException mediaType(@Nullable MediaType given, List<MediaType> supported) {
        String accepted = joined(supported);
        ProblemException problem = new ProblemException(
                ProblemName.UNSUPPORTED_MEDIA_TYPE, told(given), "Send the header Content-Type: " + accepted + ".");
        return problem.withHeader(HttpHeaders.ACCEPT, accepted);
    }

    private static String told(@Nullable MediaType given) {
        if (given == null) {
            return "The header Content-Type is no media type.";
        }
        return given.equals(MediaType.APPLICATION_OCTET_STREAM)
                ? "The request does not say what its body is."
                : "A body of type " + given + " is not understood here.";
    }

    private static ProblemException unusableParameter(MethodArgumentTypeMismatchException mismatch) {
        Class<?> type = mismatch.getRequiredType();
        String expected = type != null && type.isEnum()
                ? "one of " + joined(List.of(type.getEnumConstants()))
                : type == boolean.class || type == Boolean.class ? "true or false" : "an integer";
        String message = "The parameter '" + mismatch.getName() + "' is '" + mismatch.getValue() + "'.";
        return new ProblemException(ProblemName.INVALID_VALUE, message, "Give " + expected + ".");
    }

    private static ProblemException missingBody() {
        return new ProblemException(
                ProblemName.MALFORMED_JSON,
                "",
                "empty",
                "The body is missing.",
                "Send a JSON document; {} takes every default.");
    }

    private static ProblemException internal(Exception e) {
        String number = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Request failed, incident {}", number, e);
        return new ProblemException(
                ProblemName.INTERNAL_ERROR,
                "Something failed that should not: incident " + number + ".",
                "Search the log for " + number + ", and report it.");
    }

    static ProblemException plain(ProblemName name, String detail) {
        return new ProblemException(name, detail, name.remedy());
    }

    private static String joined(List<?> things) {
        return String.join(" or ", things.stream().map(String::valueOf).toList());
    }

    private static <T extends Throwable> @Nullable T find(Throwable top, Class<T> type) {
        for (Throwable t = top; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
