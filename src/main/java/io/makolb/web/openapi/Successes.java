package io.makolb.web.openapi;

import io.makolb.web.http.Answers;
import io.makolb.web.http.JsonLines;
import io.makolb.web.http.Lines;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.strict.StrictParameters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;

/** Answers that say yes, with their headers. */
final class Successes {

    /** Path variables that have several spellings; the same names as in the answers' Content-Location. */
    private static final Set<String> SPELLED = Set.of("vip", "address", "prefix");

    private Successes() {}

    static void describe(Operation operation, HandlerMethod handler) {
        Returns returns = handler.getMethodAnnotation(Returns.class);
        if (returns != null) {
            operation.setResponses(returns.value() == Void.class ? deleted() : written(returns));
        } else {
            operation.getResponses().values().forEach(response -> read(response, handler));
        }
        if (handler.hasMethodAnnotation(Tagged.class)) {
            operation.getResponses().addApiResponse("304", unchanged());
        }
        Lines lines = handler.getMethodAnnotation(Lines.class);
        if (lines != null) {
            operation.getResponses().values().stream()
                    .filter(response -> response.getContent() != null
                            && response.getContent().containsKey(JsonLines.TYPE))
                    .forEach(response -> Bodies.describeLines(response.getContent(), lines.value()));
        }
        if (isSpelled(handler)) {
            operation.getResponses().values().stream()
                    .filter(response -> response.getContent() != null)
                    .forEach(response -> header(response, HttpHeaders.CONTENT_LOCATION));
        }
    }

    private static void read(ApiResponse response, HandlerMethod handler) {
        nameUnions(response);
        boolean tagged = handler.hasMethodAnnotation(Tagged.class);
        if (response.getDescription() == null || response.getDescription().equals("OK")) {
            response.setDescription(
                    tagged
                            ? "The resource. ETag is absent with include=status, and where limit is given."
                            : "What was asked for");
        }
        if (tagged) {
            header(response, HttpHeaders.ETAG);
        }
        if (response.getContent() != null && response.getContent().containsKey(Bodies.JSON)) {
            header(response, Answers.REVISION);
        }
        if (StrictParameters.declaredBy(handler).contains("dryRun")) {
            response.addHeaderObject(
                    Answers.CHANGED,
                    new Header()
                            .description("Only with dryRun=true: false")
                            .schema(new BooleanSchema())
                            .example(false));
        }
    }

    private static ApiResponse unchanged() {
        ApiResponse unchanged = new ApiResponse()
                .description(
                        "Nothing has changed: If-None-Match names the entity tag that the resource still has, or is *");
        return header(header(unchanged, HttpHeaders.ETAG), Answers.REVISION);
    }

    /** Generated clients name what has no name after the operation and a number. */
    private static void nameUnions(ApiResponse response) {
        if (response.getContent() == null) {
            return;
        }
        response.getContent().values().forEach(body -> {
            List<?> alternatives =
                    body.getSchema() == null ? null : body.getSchema().getOneOf();
            if (alternatives != null
                    && alternatives.size() == 2
                    && alternatives.get(0) instanceof Schema<?> representation
                    && alternatives.get(1) instanceof Schema<?> plan
                    && (Bodies.SCHEMAS + "Plan").equals(plan.get$ref())) {
                body.setSchema(new Schema<>().$ref(representation.get$ref() + Bodies.OR_PLAN));
            }
        });
    }

    private static ApiResponses deleted() {
        ApiResponse plan = new ApiResponse()
                .description("Only with dryRun=true: what would change")
                .content(Bodies.of(Bodies.JSON, Bodies.reference("Plan")));
        return new ApiResponses()
                .addApiResponse("200", changed(plan))
                .addApiResponse("202", accepted())
                .addApiResponse("204", changed(new ApiResponse().description("It is gone")));
    }

    private static ApiResponses written(Returns returns) {
        ApiResponses responses = new ApiResponses();
        ApiResponse done = new ApiResponse()
                .description("Replaced or unchanged: Mako-Changed tells. With dryRun=true: what would change")
                .content(Bodies.of(Bodies.JSON, Bodies.orPlan(returns.value())));
        responses.addApiResponse("200", header(changed(done), HttpHeaders.ETAG));
        if (returns.creates()) {
            ApiResponse created = new ApiResponse()
                    .description("Created")
                    .content(Bodies.of(Bodies.JSON, Bodies.reference(returns.value())));
            header(created, HttpHeaders.LOCATION);
            responses.addApiResponse("201", header(changed(created), HttpHeaders.ETAG));
        }
        ApiResponse accepted = accepted().content(Bodies.of(Bodies.JSON, Bodies.reference(returns.value())));
        return responses.addApiResponse("202", header(accepted, HttpHeaders.ETAG));
    }

    private static ApiResponse accepted() {
        ApiResponse accepted = new ApiResponse()
                .description(
                        "Durable, but the kernel did not take it yet: the repair goes on, and the resource's status"
                                + " says why");
        return header(changed(accepted), HttpHeaders.RETRY_AFTER);
    }

    private static ApiResponse changed(ApiResponse response) {
        return header(header(response, Answers.CHANGED), Answers.REVISION);
    }

    private static ApiResponse header(ApiResponse response, String name) {
        return response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
    }

    private static boolean isSpelled(HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(PathVariable.class)
                    && SPELLED.contains(String.valueOf(parameter.getParameterName()))) {
                return true;
            }
        }
        return false;
    }
}
