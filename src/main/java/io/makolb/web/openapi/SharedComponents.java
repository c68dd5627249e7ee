package io.makolb.web.openapi;

import io.makolb.web.http.PlanBody;
import io.makolb.web.problem.ProblemBody;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Adds the schemas that no controller names: problems and plans. */
final class SharedComponents implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        Components components = api.getComponents();
        for (Class<?> type : new Class<?>[] {ProblemBody.class, PlanBody.class}) {
            ModelConverters.getInstance(true).readAll(type).forEach((name, schema) -> {
                if (components.getSchemas() == null || !components.getSchemas().containsKey(name)) {
                    components.addSchemas(name, schema);
                }
            });
        }
    }

    /** The name of a type's schema. */
    static String name(Class<?> body) {
        io.swagger.v3.oas.annotations.media.Schema named =
                body.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return named == null ? body.getSimpleName() : named.name();
    }
}
