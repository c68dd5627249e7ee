package io.makolb.web.openapi;

import io.makolb.web.http.Answers;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Patch;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;

/** Adds to every operation what its handler shares with the others: parameters, headers, answers and problems. */
final class SharedParts implements GlobalOperationCustomizer {

    private static final String JSON = "application/json";
    private static final String TAG = "Strong entity tag: the revision of the last change to this resource";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            describe(operation, parameter);
        }
        Patch patch = handler.getMethodAnnotation(Patch.class);
        if (patch != null) {
            operation.setRequestBody(new RequestBody()
                    .required(true)
                    .content(content("application/merge-patch+json", reference(patch.value()))));
        }
        Returns returns = handler.getMethodAnnotation(Returns.class);
        if (returns != null) {
            operation.setResponses(written(returns));
        } else {
            operation.getResponses().forEach((status, response) -> {
                response.setDescription("The resource");
                if (handler.hasMethodAnnotation(Tagged.class)) {
                    response.addHeaderObject(
                            "ETag", tag().description(TAG + "; absent with include=status and in pages"));
                }
                if (response.getContent() != null && response.getContent().containsKey(JSON)) {
                    response.addHeaderObject(Answers.REVISION, revision());
                }
            });
        }
        for (String status : List.of("4XX", "5XX")) {
            operation.getResponses().addApiResponse(status, problem(status));
        }
        return operation;
    }

    private static void describe(Operation operation, MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        if (type == WriteCall.class) {
            query(
                    operation,
                    "dryRun",
                    new BooleanSchema()._default(false),
                    "Only answer the plan of what would change; status 200");
            query(operation, "force", new BooleanSchema()._default(false), "Override the rules that can be overridden");
            header(
                    operation,
                    "If-Match",
                    "Make the change only if the resource has this entity tag, or * if it exists");
            header(operation, "If-None-Match", "*: create, do not replace");
            header(operation, "X-Change-Message", "Why, for the history");
        } else if (type == Paging.class) {
            Schema<?> limit = new IntegerSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(Paging.MAX_LIMIT));
            query(operation, "limit", limit, "Items of a page; absent: the whole set");
            query(operation, "cursor", new StringSchema(), "The value of 'next' of the page before");
        } else if (type == Inclusion.class) {
            query(
                    operation,
                    "include",
                    new StringSchema()._enum(List.of("status")),
                    "Add operational state; no entity tag then");
        } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
            path(operation, parameter);
        }
    }

    private static void path(Operation operation, MethodParameter parameter) {
        operation.getParameters().stream()
                .filter(described ->
                        described.getIn().equals("path") && described.getName().equals(parameter.getParameterName()))
                .forEach(described -> {
                    described.setSchema(new StringSchema());
                    switch (described.getName()) {
                        case "vip" ->
                            described
                                    .description("Address, port and protocol; port 0 = every port")
                                    .example("10.200.1.1-80-tcp");
                        case "address" ->
                            described.description("The real's address").example("10.0.0.1");
                        case "name" ->
                            described.description("The interface's name").example("eth0");
                        default -> {}
                    }
                });
    }

    private static void query(Operation operation, String name, Schema<?> schema, String description) {
        operation.addParametersItem(
                new Parameter().in("query").name(name).schema(schema).description(description));
    }

    private static void header(Operation operation, String name, String description) {
        operation.addParametersItem(new Parameter()
                .in("header")
                .name(name)
                .schema(new StringSchema())
                .description(description));
    }

    private static ApiResponses written(Returns returns) {
        ApiResponses responses = new ApiResponses();
        if (returns.value() == Void.class) {
            responses.addApiResponse(
                    "200",
                    new ApiResponse()
                            .description("The plan of a dry run")
                            .content(content(JSON, new Schema<>().$ref("Plan"))));
            responses.addApiResponse("204", changed(new ApiResponse().description("Done")));
        } else {
            Content body = content(JSON, reference(returns.value()));
            if (returns.creates()) {
                ApiResponse created =
                        changed(new ApiResponse().description("Created").content(body));
                created.addHeaderObject("Location", text("Path of the resource"));
                responses.addApiResponse("201", created.addHeaderObject("ETag", tag()));
            }
            responses.addApiResponse(
                    "200",
                    changed(new ApiResponse()
                                    .description("Replaced, or unchanged; with dryRun=true a Plan")
                                    .content(body))
                            .addHeaderObject("ETag", tag()));
        }
        ApiResponse accepted = new ApiResponse()
                .description("Durable, but the kernel did not take it: the repair goes on, and status says why");
        responses.addApiResponse("202", changed(accepted).addHeaderObject("Retry-After", text("Seconds")));
        return responses;
    }

    private static ApiResponse changed(ApiResponse response) {
        return response.addHeaderObject(
                        Answers.CHANGED,
                        new Header().schema(new BooleanSchema()).description("Whether anything is different now"))
                .addHeaderObject(Answers.REVISION, revision());
    }

    private static Header revision() {
        return new Header()
                .schema(new IntegerSchema().format("int64"))
                .description("Revision of the configuration that the answer reflects");
    }

    private static Header tag() {
        return text(TAG);
    }

    private static Header text(String description) {
        return new Header().schema(new StringSchema()).description(description);
    }

    private static ApiResponse problem(String status) {
        return new ApiResponse()
                .description(
                        status.equals("4XX")
                                ? "Refused: nothing was changed"
                                : "Failed: nothing was changed, unless the problem is outcome-unknown")
                .content(content("application/problem+json", new Schema<>().$ref("Problem")));
    }

    private static Content content(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }

    private static Schema<?> reference(Class<?> body) {
        return new Schema<>().$ref(SharedComponents.name(body));
    }
}
