package io.makolb.web.openapi;

import io.makolb.web.http.JsonLines;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;

/** Bodies of requests and answers, and the names of their schemas. */
final class Bodies {

    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    static final String SCHEMAS = "#/components/schemas/";
    static final String OR_PLAN = "OrPlan";
    static final String PATCH = "Patch";

    private Bodies() {}

    static Content of(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }

    /** Says what stands on each line, where lines are one of several forms; the forms share one object until then. */
    static void describeLines(Content content, Class<?> line) {
        content.addMediaType(JsonLines.TYPE, new MediaType().schema(reference(line)));
    }

    static Schema<?> reference(Class<?> body) {
        return reference(name(body));
    }

    static Schema<?> reference(String name) {
        return new Schema<>().$ref(SCHEMAS + name);
    }

    /** A schema by its name, which the document must have. */
    static Schema<?> named(Components components, String name) {
        return Objects.requireNonNull(components.getSchemas().get(name), () -> "no schema is called " + name);
    }

    /** The schema of an answer that is a representation, or the plan of a dry run. */
    static Schema<?> orPlan(Class<?> body) {
        return reference(name(body) + OR_PLAN);
    }

    /** The schema of a merge patch of a representation. */
    static Schema<?> patch(Class<?> body) {
        return reference(name(body) + PATCH);
    }

    /** The name of a type's schema. */
    static String name(Class<?> body) {
        io.swagger.v3.oas.annotations.media.Schema named =
                body.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return named == null || named.name().isEmpty() ? body.getSimpleName() : named.name();
    }
}
