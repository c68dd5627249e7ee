package io.makolb.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.makolb.web.connection.ImportedBody;
import io.makolb.web.connection.PurgedBody;
import io.makolb.web.http.Answers;
import io.makolb.web.http.PlanBody;
import io.makolb.web.problem.ProblemBody;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.HttpHeaders;

/** Adds what operations refer to and no controller names: problems and plans, headers, examples. */
final class SharedComponents implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        Components components = api.getComponents();
        for (Class<?> type : new Class<?>[] {ProblemBody.class, PlanBody.class, PurgedBody.class, ImportedBody.class}) {
            ModelConverters.getInstance(true).readAll(type).forEach((name, schema) -> {
                if (components.getSchemas() == null || !components.getSchemas().containsKey(name)) {
                    components.addSchemas(name, schema);
                }
            });
        }
        describeViolation(components);
        headers(components);
        for (ProblemName name : Problems.described(api)) {
            components.addExamples(name.toString(), example(name));
        }
        components.getSchemas().values().forEach(SharedComponents::keepTexts);
        patches(api);
        plans(api);
        new Examples(components).addTo(api);
        api.getTags().sort(Comparator.comparing(Tag::getName));
    }

    /** The model knows nothing of JSON, so what is to be said of it is said here. */
    private static void describeViolation(Components components) {
        Schema<?> violation = Bodies.named(components, "Violation");
        violation.description("One thing that is wrong with a request");
        property(violation, "pointer")
                .description("Where in the body, as a JSON pointer (RFC 6901); empty = the whole of it")
                .example("/port");
        property(violation, "code").description("What it is, for programs").example("out-of-range");
        property(violation, "message")
                .description("What it is, for people")
                .example("The port is 70000; ports are 0 to 65535.");
    }

    /** An example that is a text, and looks like JSON, was read as JSON. */
    private static void keepTexts(Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().values().stream()
                .filter(member -> member.getTypes() != null && member.getTypes().contains("string"))
                .filter(member -> member.getExample() instanceof JsonNode)
                .forEach(member -> member.setExample(member.getExample().toString()));
    }

    private static Schema<?> property(Schema<?> schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name));
    }

    private static void headers(Components components) {
        add(
                components,
                HttpHeaders.ETAG,
                new StringSchema(),
                "Strong entity tag: the revision of the last change to this resource; send it as If-Match",
                "\"17\"");
        add(
                components,
                HttpHeaders.LOCATION,
                new StringSchema(),
                "Path of the resource",
                "/api/v1/vips/10.200.1.1-80-tcp");
        add(
                components,
                HttpHeaders.CONTENT_LOCATION,
                new StringSchema(),
                "The canonical path, where the request spelled it in another way",
                "/api/v1/vips/10.200.1.1-80-tcp");
        add(components, HttpHeaders.RETRY_AFTER, new IntegerSchema(), "Seconds to wait before looking again", 1);
        add(
                components,
                HttpHeaders.ACCEPT,
                new StringSchema(),
                "The media types that are understood here",
                Bodies.JSON);
        add(components, Answers.CHANGED, new BooleanSchema(), "Whether anything is different now", true);
        add(
                components,
                Answers.REVISION,
                new IntegerSchema().format("int64"),
                "Revision of the configuration that the answer reflects",
                17);
        for (String always :
                new String[] {HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, Answers.CHANGED, Answers.REVISION}) {
            Objects.requireNonNull(components.getHeaders().get(always)).required(true);
        }
    }

    private static void add(Components components, String name, Schema<?> schema, String description, Object example) {
        components.addHeaders(
                name, new Header().schema(schema).description(description).example(example));
    }

    private static Example example(ProblemName name) {
        return new Example().summary(name.title()).description(name.meaning()).value(ProblemBody.example(name));
    }

    /** Merge patches name any part of a representation. */
    private static void patches(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> operation.getRequestBody().getContent().values().stream())
                .map(body -> body.getSchema() == null ? null : body.getSchema().get$ref())
                .filter(reference -> reference != null && reference.endsWith(Bodies.PATCH))
                .distinct()
                .map(reference -> reference.substring(Bodies.SCHEMAS.length()))
                .forEach(name -> api.getComponents().addSchemas(name, patch(api.getComponents(), name)));
    }

    /** A default in a patch would be filled in by clients, and so reset what was to stay. */
    private static Schema<?> patch(Components components, String name) {
        Schema<?> whole = Bodies.named(components, name.substring(0, name.length() - Bodies.PATCH.length()));
        Schema<?> patch = AnnotationsUtils.clone(whole, true);
        patch.setRequired(null);
        patch.setDescription("What is to change; what is absent stays, null returns a member to its default");
        patch.getProperties().values().removeIf(member -> Boolean.TRUE.equals(member.getReadOnly()));
        patch.getProperties().values().forEach(member -> {
            member.setDefault(null);
            member.setDefaultSetFlag(false);
            member.addType("null");
            if (member.getEnum() != null) {
                member.getEnum().add(null);
            }
        });
        return patch;
    }

    /** Answers of writes are a representation, or the plan of a dry run. */
    private static void plans(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .filter(response -> response.getContent() != null)
                .flatMap(response -> response.getContent().values().stream())
                .map(body -> body.getSchema() == null ? null : body.getSchema().get$ref())
                .filter(reference -> reference != null && reference.endsWith(Bodies.OR_PLAN))
                .distinct()
                .map(reference -> reference.substring(Bodies.SCHEMAS.length()))
                .forEach(name -> api.getComponents().addSchemas(name, either(api.getComponents(), name)));
    }

    private static Schema<?> either(Components components, String name) {
        String representation = name.substring(0, name.length() - Bodies.OR_PLAN.length());
        Schema<?> schema = Bodies.named(components, representation);
        if (schema.getRequired() == null || schema.getRequired().isEmpty()) {
            // Without a member that must be there, a plan would be taken for one.
            schema.not(new Schema<>().required(List.of("baseRevision")));
        }
        return new Schema<>()
                .description("The representation; with dryRun=true a plan")
                .oneOf(List.of(Bodies.reference(representation), Bodies.reference("Plan")));
    }
}
