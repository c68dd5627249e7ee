package io.makolb.web.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Conditions of reads that the framework leaves out (RFC 9110 section 13.1): If-Match, and If-None-Match with an asterisk. Lists of
 * tags in If-None-Match are its own.
 */
@RestControllerAdvice
final class ReadConditions implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter handler, Class<? extends HttpMessageConverter<?>> converter) {
        return handler.hasMethodAnnotation(Tagged.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter handler,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        String tag = response.getHeaders().getETag();
        if (tag == null) {
            return body; // with its state or in pages it has none, so there is nothing to compare
        }
        List<String> demanded = request.getHeaders().getOrEmpty(HttpHeaders.IF_MATCH);
        if (!demanded.isEmpty() && !EntityTags.matches(String.join(", ", demanded), tag)) {
            // A refusal has it in its body.
            response.getHeaders().remove(Answers.REVISION);
            throw EntityTags.stale(tag);
        }
        if (request.getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream()
                .anyMatch(known -> known.strip().equals("*"))) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return null;
        }
        return body;
    }
}
