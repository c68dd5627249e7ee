package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the handler did not declare, and repeated ones, before the handler runs: a mistyped
 * {@code ?dryrun=true} must not execute.
 */
public final class StrictParameters implements HandlerInterceptor {

    private final Map<HandlerMethod, Set<String>> declared = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && handler instanceof HandlerMethod method) {
            check(query, declared.computeIfAbsent(method, StrictParameters::declaredBy));
        }
        return true;
    }

    static void check(String query, Set<String> known) {
        Set<String> seen = new HashSet<>();
        for (String parameter : query.split("&")) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemName.UNKNOWN_PARAMETER,
                        "There is no query parameter '" + name + "' here.",
                        known.isEmpty()
                                ? "This route takes no query parameters: leave it out."
                                : Spelling.remedy(name, known));
            }
            if (!seen.add(name)) {
                throw new ProblemException(
                        ProblemName.UNKNOWN_PARAMETER,
                        "The query parameter '" + name + "' stands there more than once.",
                        "Give it once.");
            }
            decoded(parameter.substring(equals + 1));
        }
    }

    /** As the container decodes it, which leaves out what it cannot decode: then a mistyped parameter would be none. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemName.BAD_REQUEST,
                    "The query has '" + text + "', which cannot be decoded.",
                    "Write two hexadecimal digits behind every '%'; a '%' itself is %25.");
        }
    }

    /** The names that a handler takes. */
    public static Set<String> declaredBy(HandlerMethod method) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            QueryNames grouped = parameter.getParameterType().getAnnotation(QueryNames.class);
            if (grouped != null) {
                names.addAll(List.of(grouped.value()));
            }
            RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
            if (single != null) {
                parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
                String name = single.name().isEmpty() ? parameter.getParameterName() : single.name();
                names.add(String.valueOf(name));
            }
        }
        return names;
    }
}
