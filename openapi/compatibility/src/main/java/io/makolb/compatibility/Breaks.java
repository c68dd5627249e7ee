package io.makolb.compatibility;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.Endpoint;

/**
 * What a client of an earlier description would stumble over: additions are none, everything else is. openapi-diff judges
 * operations; it does not see changed types of OpenAPI 3.1, removed members, and new names of operations and schemas, from which
 * generated clients have theirs.
 */
final class Breaks {

    private final OpenAPI before;
    private final OpenAPI after;
    private final List<String> found = new ArrayList<>();

    private Breaks(String before, String after) {
        this.before = read(before);
        this.after = read(after);
    }

    /** Every break between two documents, as a sentence. */
    static List<String> between(String before, String after) {
        Breaks breaks = new Breaks(before, after);
        breaks.compareNames();
        breaks.compareSchemas();
        breaks.compareOperations(before, after);
        return breaks.found;
    }

    private static OpenAPI read(String document) {
        return Objects.requireNonNull(
                new OpenAPIV3Parser().readContents(document).getOpenAPI(), "not OpenAPI");
    }

    private void compareOperations(String earlier, String later) {
        ChangedOpenApi difference = OpenApiCompare.fromContents(earlier, later);
        for (Endpoint missing : difference.getMissingEndpoints()) {
            found.add(missing.getMethod() + " " + missing.getPathUrl() + " is gone.");
        }
        for (ChangedOperation changed : difference.getChangedOperations()) {
            if (changed.isIncompatible()) {
                found.add(changed.getHttpMethod() + " " + changed.getPathUrl()
                        + " takes less than before, demands more," + " or answers otherwise.");
            }
        }
    }

    private void compareNames() {
        Map<String, String> names = names(after);
        names(before).forEach((operation, name) -> {
            if (names.containsKey(operation) && !names.get(operation).equals(name)) {
                found.add(operation + " was named " + name + ", and is " + names.get(operation) + " now.");
            }
        });
    }

    private static Map<String, String> names(OpenAPI api) {
        Map<String, String> names = new HashMap<>();
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> names.put(method + " " + path, operation.getOperationId())));
        return names;
    }

    private void compareSchemas() {
        Map<String, Schema<?>> later = schemas(after);
        schemas(before).forEach((name, schema) -> {
            if (later.containsKey(name)) {
                compare(name, schema, later.get(name));
            } else {
                found.add("The schema " + name + " is gone.");
            }
        });
    }

    private void compare(String where, Schema<?> earlier, Schema<?> later) {
        if (!form(earlier).equals(form(later))) {
            found.add(where + " was " + form(earlier) + ", and is " + form(later) + " now.");
        }
        Map<String, Schema<?>> members = members(later);
        members(earlier).forEach((name, member) -> {
            if (members.containsKey(name)) {
                compare(where + "." + name, member, members.get(name));
            } else {
                found.add("The member " + where + "." + name + " is gone.");
            }
        });
        if (earlier.getItems() != null && later.getItems() != null) {
            compare(where + "[]", earlier.getItems(), later.getItems());
        }
    }

    private static String form(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return schema.get$ref();
        }
        Set<String> types = schema.getTypes() != null ? schema.getTypes() : Set.of(String.valueOf(schema.getType()));
        return new TreeSet<>(types) + (schema.getFormat() == null ? "" : " as " + schema.getFormat());
    }

    private static Map<String, Schema<?>> schemas(OpenAPI api) {
        return api.getComponents() == null
                ? Map.of()
                : typed(api.getComponents().getSchemas());
    }

    private static Map<String, Schema<?>> members(Schema<?> schema) {
        return typed(schema.getProperties());
    }

    /** The parser's maps have raw schemas. */
    @SuppressWarnings("rawtypes")
    private static Map<String, Schema<?>> typed(Map<String, Schema> schemas) {
        return schemas == null
                ? Map.of()
                : schemas.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
