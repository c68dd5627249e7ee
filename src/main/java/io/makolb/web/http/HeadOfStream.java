package io.makolb.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** Answers HEAD of what never ends, without beginning it: its asker would wait for ever, and hold a place. */
final class HeadOfStream implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!HttpMethod.HEAD.matches(request.getMethod()) || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        Class<?> body = ResolvableType.forMethodReturnType(method.getMethod())
                .getGeneric(0)
                .resolve(Object.class);
        if (!ResponseBodyEmitter.class.isAssignableFrom(body)) {
            return true;
        }
        if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Set<?> types) {
            types.stream().findFirst().ifPresent(type -> response.setContentType(type.toString()));
        }
        return false;
    }
}
