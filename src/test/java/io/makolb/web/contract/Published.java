package io.makolb.web.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.swagger.v3.core.util.Yaml31;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published description, as something that answers can be held against. */
final class Published {

    private static final Path FILE = Path.of("openapi", "openapi.yaml");
    private static final String BASE = "/api/v1";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi31(),
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode document;
    private final List<Operation> operations;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private Published(JsonNode document) {
        this.document = document;
        document.at("/components/schemas").properties().forEach(schema -> close(schema.getValue()));
        this.operations = document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().substring(BASE.length()),
                                method.getValue())))
                // What is spelled out wins over what a variable matches.
                .sorted(Comparator.comparing(operation -> operation.pattern().replace('{', '~')))
                .toList();
    }

    /** Reads it. */
    static Published read() {
        try {
            String json = Yaml31.mapper().readTree(Files.readString(FILE)).toString();
            return new Published(JsonMapper.shared().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients must bear members that they do not know; the server must not send any that it did not describe. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    /** All operations. */
    Stream<Operation> operations() {
        return operations.stream();
    }

    /** The operation that a request is for; HEAD is that of GET. */
    Optional<Operation> operation(String method, String path) {
        String described = method.equals("HEAD") ? "GET" : method;
        return operations.stream()
                .filter(operation -> operation.matches(path))
                .map(Operation::pattern)
                .findFirst()
                .flatMap(pattern -> operations.stream()
                        .filter(operation -> operation.pattern().equals(pattern)
                                && operation.method().equals(described))
                        .findFirst());
    }

    /** What a part stands for that may only be a reference to it. */
    JsonNode resolved(JsonNode part) {
        JsonNode reference = part.path("$ref");
        return reference.isMissingNode()
                ? part
                : document.at(reference.asString().substring(1));
    }

    /** What a value has that its schema does not allow, or lacks. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.putObject("components").set("schemas", document.at("/components/schemas"));
        return SCHEMAS.getSchema(whole);
    }

    /**
     * A method of a path.
     *
     * @param method of HTTP
     * @param pattern the path under the base
     * @param description what is said of it
     */
    record Operation(String method, String pattern, JsonNode description) {

        private boolean matches(String path) {
            String[] literals = pattern.split("\\{[a-z]+}", -1);
            String expression =
                    String.join("[^/]+", Stream.of(literals).map(Pattern::quote).toList());
            return path.matches(expression);
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }
}
