package io.makolb.web.http;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link Paging}, {@link LatestFirst}, {@link ConnectionQuery} and {@link Inclusion} of a request. */
final class QueryResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Paging.class
                || parameter.getParameterType() == LatestFirst.class
                || parameter.getParameterType() == ConnectionQuery.class
                || parameter.getParameterType() == Inclusion.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (parameter.getParameterType() == LatestFirst.class) {
            return LatestFirst.of(request.getParameter("limit"), request.getParameter("cursor"));
        }
        if (parameter.getParameterType() == ConnectionQuery.class) {
            return ConnectionQuery.of(request::getParameter);
        }
        return parameter.getParameterType() == Paging.class
                ? Paging.of(request.getParameter("limit"), request.getParameter("cursor"))
                : Inclusion.of(request.getParameter("include"));
    }
}
