package io.makolb.web.openapi;

import io.makolb.model.HealthMark;
import io.makolb.model.ServerId;
import io.makolb.web.http.ChangeMessage;
import io.makolb.web.http.ConnectionQuery;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.LatestFirst;
import io.makolb.web.http.Lines;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Patch;
import io.makolb.web.http.Signature;
import io.makolb.web.http.WriteCall;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;

/** What requests carry: parameters that several operations take, and merge patches. */
final class SharedParameters {

    private SharedParameters() {}

    static void describe(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            Class<?> type = parameter.getParameterType();
            if (type == WriteCall.class) {
                write(operation);
            } else if (type == Signature.class) {
                message(operation);
            } else if (type == LatestFirst.class) {
                latest(operation);
            } else if (type == Paging.class) {
                paging(operation);
            } else if (type == ConnectionQuery.class) {
                connections(operation);
            } else if (type == Inclusion.class) {
                query(
                        operation,
                        "include",
                        new StringSchema()._enum(List.of("status")),
                        "Add operational state; the answer has no entity tag then");
            } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
                path(operation, String.valueOf(parameter.getParameterName()));
            }
        }
        Patch patch = handler.getMethodAnnotation(Patch.class);
        if (patch != null) {
            operation.setRequestBody(
                    new RequestBody().content(Bodies.of("application/merge-patch+json", Bodies.patch(patch.value()))));
        }
        Lines lines = handler.getMethodAnnotation(Lines.class);
        if (lines != null && operation.getRequestBody() != null) {
            Bodies.describeLines(operation.getRequestBody().getContent(), lines.value());
        }
        if (operation.getRequestBody() != null) {
            // Without it, generated clients number the body where a path variable has the schema's name: vip2.
            operation.addExtension("x-codegen-request-body-name", "body");
            operation
                    .getRequestBody()
                    .required(true)
                    .description(
                            patch == null
                                    ? "The representation. Unknown members are refused; read-only ones are ignored."
                                    : "What is to change (RFC 7396): members that are absent stay, null returns one to its"
                                            + " default.");
        }
    }

    private static void write(Operation operation) {
        query(
                operation,
                "dryRun",
                new BooleanSchema()._default(false),
                "Check everything and change nothing: the answer is 200 with a Plan");
        query(operation, "force", new BooleanSchema()._default(false), "Override the rules that can be overridden");
        header(
                operation,
                "If-Match",
                new StringSchema(),
                "\"17\"",
                "Make the change only if the resource has this entity tag, or * if it exists");
        header(operation, "If-None-Match", new StringSchema(), "*", "Only * has a meaning: create, do not replace");
        message(operation);
    }

    private static void message(Operation operation) {
        header(
                operation,
                ChangeMessage.HEADER,
                new StringSchema().maxLength(ChangeMessage.LONGEST),
                "Second web server",
                "Why it is done, for the history: one line of UTF-8");
    }

    private static void latest(Operation operation) {
        Schema<?> limit = new IntegerSchema()
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(Paging.MAX_LIMIT))
                ._default(LatestFirst.DEFAULT_LIMIT);
        query(operation, "limit", limit, "Items of a page");
        query(operation, "cursor", new StringSchema(), "The value of 'next' in the page before");
    }

    private static void paging(Operation operation) {
        Schema<?> limit = new IntegerSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(Paging.MAX_LIMIT));
        query(operation, "limit", limit, "Items of a page; absent: the whole set");
        query(operation, "cursor", new StringSchema(), "The value of 'next' in the page before; only with a limit");
    }

    private static void connections(Operation operation) {
        query(operation, "vip", new StringSchema().example("10.200.1.1-80-tcp"), "Only connections to this VIP");
        query(operation, "real", new StringSchema().example("10.0.0.1"), "Only connections that this real serves");
        query(
                operation,
                "client",
                new StringSchema().example("192.0.2.0_24"),
                "Only connections from this address or prefix");
        query(
                operation,
                "maxAgeSeconds",
                new IntegerSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(ConnectionQuery.MAX_AGE)),
                "Only connections whose latest packet came at most so long ago, and those of which that is not known");
    }

    private static void path(Operation operation, String name) {
        operation.getParameters().stream()
                .filter(described ->
                        described.getIn().equals("path") && described.getName().equals(name))
                .forEach(described -> {
                    switch (name) {
                        case "vip" ->
                            described
                                    .description("Address, port and protocol of the VIP; port 0 = every port")
                                    .schema(new StringSchema())
                                    .example(Objects.requireNonNullElse(described.getExample(), "10.200.1.1-80-tcp"));
                        case "address" ->
                            described
                                    .description("Address of the real, or of the decap destination")
                                    .schema(new StringSchema())
                                    .example("10.0.0.1");
                        case "name" ->
                            described
                                    .description("Name of the interface")
                                    .schema(new StringSchema())
                                    .example("eth0");
                        case "prefix" ->
                            described
                                    .description("The network of clients, with an underscore for its slash")
                                    .schema(new StringSchema())
                                    .example("192.168.0.0_16");
                        case "id" ->
                            described
                                    .description("The server id")
                                    .schema(new IntegerSchema()
                                            .minimum(BigDecimal.ONE)
                                            .maximum(BigDecimal.valueOf(ServerId.MAX)))
                                    .example(1001);
                        case "mark" ->
                            described
                                    .description("The mark that programs set with SO_MARK")
                                    .schema(new IntegerSchema()
                                            .format("int64")
                                            .minimum(BigDecimal.ONE)
                                            .maximum(BigDecimal.valueOf(HealthMark.MAX)))
                                    .example(1000);
                        case "number" ->
                            described
                                    .description("Number of the revision")
                                    .schema(new IntegerSchema().format("int64").minimum(BigDecimal.ONE))
                                    .example(17);
                        default -> {
                            // Its handler describes it.
                        }
                    }
                });
    }

    private static void query(Operation operation, String name, Schema<?> schema, String description) {
        operation.addParametersItem(
                new Parameter().in("query").name(name).schema(schema).description(description));
    }

    private static void header(Operation operation, String name, Schema<?> schema, String example, String description) {
        operation.addParametersItem(new Parameter()
                .in("header")
                .name(name)
                .schema(schema)
                .example(example)
                .description(description));
    }
}
