package io.makolb.web.http;

import io.makolb.model.Address;
import io.makolb.model.Prefix;
import io.makolb.model.Refusal;
import io.makolb.model.VipId;
import io.makolb.web.problem.ProblemBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.util.UriTemplate;

/** A resource asked for under another spelling of its identity is answered with the canonical one in Content-Location. */
@ControllerAdvice
public final class CanonicalPath implements ResponseBodyAdvice<Object> {

    /** A variable that takes only some names: {@code {address:(?!edits$).*}}. */
    private static final Pattern CONSTRAINT = Pattern.compile("\\{([a-z]+):[^}]*}");

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answer,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof ProblemBody) && request instanceof ServletServerHttpRequest servlet) {
            String canonical = canonical(servlet.getServletRequest());
            if (canonical != null) {
                response.getHeaders().set(HttpHeaders.CONTENT_LOCATION, canonical);
            }
        }
        return body;
    }

    /** The path of a request in its canonical spelling; as it was sent where it has none. */
    public static String of(HttpServletRequest request) {
        try {
            String canonical = canonical(request);
            return canonical == null ? request.getRequestURI() : canonical;
        } catch (Refusal malformed) {
            return request.getRequestURI();
        }
    }

    /** The canonical path; null when it was used. */
    private static @Nullable String canonical(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> given)
                || given.isEmpty()) {
            return null;
        }
        Map<String, String> spelled = new HashMap<>();
        boolean same = true;
        for (Map.Entry<?, ?> variable : given.entrySet()) {
            String name = String.valueOf(variable.getKey());
            String text = String.valueOf(variable.getValue());
            String canonical = canonical(name, text);
            same &= canonical.equals(text);
            spelled.put(name, canonical);
        }
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return same
                ? null
                : new UriTemplate(CONSTRAINT.matcher(pattern).replaceAll("{$1}"))
                        .expand(spelled)
                        .toString();
    }

    private static String canonical(String name, String text) {
        return switch (name) {
            case "vip" -> VipId.parse(text).toString();
            case "prefix" -> Prefix.parse(text).toString();
            case "address" -> Address.parse(text).toString();
            default -> text;
        };
    }
}
