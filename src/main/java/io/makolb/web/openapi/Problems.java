package io.makolb.web.openapi;

import static io.makolb.web.problem.ProblemName.*;

import io.makolb.model.HealthMark;
import io.makolb.model.Prefix;
import io.makolb.model.ServerId;
import io.makolb.model.VipId;
import io.makolb.web.http.ConnectionQuery;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Signature;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** Answers that say no: the problems that a handler's parameters bring along, and those that it names itself. */
final class Problems {

    private static final Set<ProblemName> ALWAYS = EnumSet.of(
            UNKNOWN_PARAMETER,
            MALFORMED_HEADER,
            BAD_REQUEST,
            FOREIGN_ORIGIN,
            NOT_ACCEPTABLE,
            FOREIGN_HOST,
            INTERNAL_ERROR);
    private static final Set<ProblemName> BODY = EnumSet.of(
            MALFORMED_JSON,
            UNKNOWN_FIELD,
            DUPLICATE_FIELD,
            REQUEST_TIMEOUT,
            BODY_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            INVALID_VALUE);
    private static final Set<ProblemName> WRITE = EnumSet.of(
            NOT_FOUND,
            FOREIGN_PLANE,
            STALE_ETAG,
            INVALID_VALUE,
            PRECONDITION_REQUIRED,
            WRITER_BUSY,
            STORE_UNAVAILABLE,
            PLANE_UNAVAILABLE,
            OUTCOME_UNKNOWN,
            STARTING,
            CAPACITY,
            STORE_FULL,
            KERNEL_MEMORY);

    private Problems() {}

    static void describe(Operation operation, HandlerMethod handler) {
        Map<Integer, Set<ProblemName>> byStatus = of(handler).stream()
                .collect(Collectors.groupingBy(
                        ProblemName::status,
                        TreeMap::new,
                        Collectors.toCollection(() -> EnumSet.noneOf(ProblemName.class))));
        byStatus.forEach(
                (status, names) -> operation.getResponses().addApiResponse(String.valueOf(status), answer(names)));
    }

    static Set<ProblemName> of(HandlerMethod handler) {
        Set<ProblemName> names = EnumSet.copyOf(ALWAYS);
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.getParameterType() == WriteCall.class) {
                names.addAll(WRITE);
            } else if (parameter.getParameterType() == Signature.class) {
                names.addAll(EnumSet.of(MALFORMED_HEADER, INVALID_VALUE));
            } else if (parameter.hasParameterAnnotation(RequestBody.class)) {
                names.addAll(BODY);
            } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
                names.addAll(EnumSet.of(NOT_FOUND, INVALID_VALUE));
                if (parameter.getParameterType() == VipId.class) {
                    names.addAll(EnumSet.of(MALFORMED_ID, HOST_BITS));
                } else if (parameter.getParameterType() == Prefix.class) {
                    names.add(HOST_BITS);
                } else if (parameter.getParameterType() == HealthMark.class
                        || parameter.getParameterType() == ServerId.class) {
                    names.add(MALFORMED_ID);
                }
            } else if (parameter.getParameterType() == ConnectionQuery.class) {
                names.addAll(EnumSet.of(INVALID_VALUE, MALFORMED_ID, HOST_BITS));
            } else {
                names.add(INVALID_VALUE);
            }
        }
        if (handler.hasMethodAnnotation(Tagged.class)) {
            names.add(STALE_ETAG);
        }
        Refuses own = handler.getMethodAnnotation(Refuses.class);
        if (own != null) {
            names.addAll(Arrays.asList(own.value()));
        }
        return names;
    }

    /** The problems that any operation names. */
    static Set<ProblemName> described(OpenAPI api) {
        Set<String> names = api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .filter(answer ->
                        answer.getContent() != null && answer.getContent().containsKey(Bodies.PROBLEM))
                .flatMap(answer -> answer.getContent().get(Bodies.PROBLEM).getExamples().keySet().stream())
                .collect(Collectors.toSet());
        return Arrays.stream(ProblemName.values())
                .filter(name -> names.contains(name.toString()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProblemName.class)));
    }

    private static ApiResponse answer(Set<ProblemName> names) {
        MediaType body = new MediaType().schema(Bodies.reference("Problem"));
        names.forEach(name -> body.addExamples(name.toString(), new Example().$ref("#/components/examples/" + name)));
        ApiResponse answer = new ApiResponse()
                .description(names.stream()
                        .map(name -> name + ": " + name.title())
                        .collect(Collectors.joining(". ", "", ".")))
                .content(new io.swagger.v3.oas.models.media.Content().addMediaType(Bodies.PROBLEM, body));
        if (names.contains(STALE_ETAG)) {
            answer.addHeaderObject(HttpHeaders.ETAG, header(HttpHeaders.ETAG));
        }
        if (names.contains(UNSUPPORTED_MEDIA_TYPE)) {
            answer.addHeaderObject(HttpHeaders.ACCEPT, header(HttpHeaders.ACCEPT));
        }
        if (names.stream().anyMatch(name -> name.status() == 503 || name == RATE_LIMITED)) {
            answer.addHeaderObject(HttpHeaders.RETRY_AFTER, header(HttpHeaders.RETRY_AFTER));
        }
        return answer;
    }

    private static Header header(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }
}
