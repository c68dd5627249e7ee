package io.makolb.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples of whole bodies, put together from the examples of their members, so that they cannot contradict the schema. A member
 * that need not be there is in the example if it has an example of its own.
 */
final class Examples {

    private static final String INSTANT = "2026-01-31T12:00:00Z";

    private final Components components;

    Examples(Components components) {
        this.components = components;
    }

    void addTo(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(this::addTo);
    }

    private void addTo(Operation operation) {
        if (operation.getRequestBody() != null) {
            add(operation.getRequestBody().getContent(), true);
        }
        operation.getResponses().forEach((status, answer) -> {
            if (status.startsWith("2") && answer.getContent() != null) {
                add(answer.getContent(), false);
            }
        });
    }

    private void add(Content content, boolean request) {
        content.values().stream()
                .filter(body -> body.getExample() == null && body.getExamples() == null && body.getSchema() != null)
                .forEach(body -> add(body, request));
    }

    private void add(MediaType body, boolean request) {
        String reference = body.getSchema().get$ref();
        if (reference != null && reference.endsWith(Bodies.OR_PLAN)) {
            String representation = reference.substring(0, reference.length() - Bodies.OR_PLAN.length());
            of(new Schema<>().$ref(representation), request)
                    .ifPresent(value -> body.addExamples(
                            "done", new Example().summary("Done").value(value)));
            of(Bodies.reference("Plan"), request)
                    .ifPresent(value -> body.addExamples(
                            "planned", new Example().summary("With dryRun=true").value(value)));
        } else {
            of(body.getSchema(), request).ifPresent(body::setExample);
        }
    }

    /** An example of a schema; empty when a member that must be there has none. */
    private Optional<Object> of(Schema<?> schema, boolean request) {
        if (schema.getExample() != null) {
            return Optional.of(schema.getExample());
        }
        if (schema.get$ref() != null) {
            return of(Bodies.named(components, schema.get$ref().substring(Bodies.SCHEMAS.length())), request);
        }
        if (schema.getProperties() != null) {
            return members(schema, request);
        }
        if (schema.getItems() != null) {
            return of(schema.getItems(), request).map(List::of);
        }
        if (schema.getEnum() != null) {
            return Optional.of(
                    schema.getDefault() != null
                            ? schema.getDefault()
                            : schema.getEnum().get(0));
        }
        if ("date-time".equals(schema.getFormat())) {
            return Optional.of(INSTANT);
        }
        return Optional.ofNullable(schema.getDefault());
    }

    private Optional<Object> members(Schema<?> schema, boolean request) {
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, Schema<?>> properties = new LinkedHashMap<>();
        schema.getProperties().forEach(properties::put);
        for (Map.Entry<String, Schema<?>> property : properties.entrySet()) {
            String name = property.getKey();
            Schema<?> member = property.getValue();
            if (request && Boolean.TRUE.equals(member.getReadOnly())) {
                continue;
            }
            if (!required.contains(name) && member.getExample() == null) {
                continue;
            }
            Optional<Object> value = of(member, request);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            members.put(name, value.get());
        }
        return Optional.of(members);
    }
}
