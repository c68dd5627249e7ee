package io.makolb.web.http;

import io.makolb.balancer.Precondition;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.web.problem.ProblemName;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the {@link WriteCall} of a request, or its {@link Signature}. */
final class WriteCallResolver implements HandlerMethodArgumentResolver {

    private final boolean requireIfMatch;

    WriteCallResolver(boolean requireIfMatch) {
        this.requireIfMatch = requireIfMatch;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == WriteCall.class || parameter.getParameterType() == Signature.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        if (http == null) {
            throw new IllegalStateException("not a servlet request");
        }
        if (parameter.getParameterType() == Signature.class) {
            return new Signature(http.getRemoteAddr(), ChangeMessage.of(http));
        }
        Precondition precondition =
                EntityTags.precondition(joined(http, HttpHeaders.IF_MATCH), joined(http, HttpHeaders.IF_NONE_MATCH));
        if (requireIfMatch && precondition instanceof Precondition.None) {
            throw new Refusal(
                    Reason.PRECONDITION_REQUIRED,
                    "The request does not say what state it expects, and mako.api.require-if-match is set.",
                    ProblemName.PRECONDITION_REQUIRED.remedy());
        }
        return new WriteCall(
                precondition, http.getRemoteAddr(), ChangeMessage.of(http), flag(http, "dryRun"), flag(http, "force"));
    }

    private static boolean flag(HttpServletRequest http, String name) {
        return Flag.of(name, http.getParameter(name));
    }

    /** Several headers of one name are one list (RFC 9110 section 5.3). */
    private static @Nullable String joined(HttpServletRequest http, String header) {
        List<String> values = Collections.list(http.getHeaders(header));
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
