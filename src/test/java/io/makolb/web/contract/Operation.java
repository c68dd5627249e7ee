package io.makolb.web.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A method of a path of the API, as the running server knows it.
 *
 * @param method of HTTP
 * @param pattern the path under the base: {@code /vips/{vip}}
 * @param handler who answers
 */
record Operation(String method, String pattern, HandlerMethod handler) {

    private static final String BASE = "/api/v1";

    /** All operations under the base, whether or not the description shows them. */
    static List<Operation> all(ApplicationContext application) {
        Map<RequestMappingInfo, HandlerMethod> handlers = application
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        return handlers.entrySet().stream()
                .filter(entry ->
                        AnnotatedElementUtils.hasAnnotation(entry.getValue().getBeanType(), RestController.class))
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith(BASE + "/"))
                        .flatMap(pattern -> entry.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Operation(
                                        method.name(),
                                        pattern.substring(BASE.length()).replaceAll("\\{([a-z]+):[^}]*}", "{$1}"),
                                        entry.getValue()))))
                .sorted(Comparator.comparing(Operation::toString))
                .toList();
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
