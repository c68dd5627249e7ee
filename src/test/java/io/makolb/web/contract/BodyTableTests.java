package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.makolb.plane.MemoryKernel;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every member of every body that the description knows, with every value that is not of its type: refused, with the pointer to
 * it. Members are found by walking the schemas, so a new one is tried without anybody adding it here.
 */
@ContractTest
class BodyTableTests {

    /** Keys under which the members of maps are tried. */
    private static final Map<String, String> KEYS =
            Map.of("vips", "10.200.1.1-80-tcp", "reals", "10.0.0.1", "upsert", "10.0.0.1", "interfaces", "eth0");

    private static final int DEEPEST = 8;

    @Autowired
    private MemoryKernel kernel;

    private Before before;
    private Map<String, Map<String, Map<String, Object>>> paths;
    private Map<String, Map<String, Object>> schemas;

    /**
     * A body with one thing wrong.
     *
     * @param pointer to it
     * @param code of the error there
     */
    private record Mutant(String body, int status, String problem, String pointer, String code) {}

    @BeforeEach
    void configure() {
        OperationTable.configure();
        before = Before.of("/config", kernel);
        JsonPath description = given().basePath("/").get("/v3/api-docs").jsonPath();
        paths = description.getMap("paths");
        schemas = description.getMap("components.schemas");
    }

    @AfterEach
    void nothingHasChanged() {
        before.assertNothingChanged("/config", kernel);
    }

    @TestFactory
    Stream<DynamicTest> everyMemberIsReadStrictly() {
        return OperationTable.ROWS.stream()
                .filter(row -> row.body() != null && !row.isLines())
                .map(row -> dynamicTest(row.toString(), () -> {
                    Map<String, Object> operation = paths.get("/api/v1" + row.pattern())
                            .get(row.method().toLowerCase(Locale.ROOT));
                    List<Mutant> mutants = new ArrayList<>();
                    walk(
                            schema(operation),
                            "",
                            UnaryOperator.identity(),
                            row.method().equals("PATCH"),
                            0,
                            mutants);
                    // Five wrong types and an unknown member, even where a body has no member to write.
                    assertThat(mutants).as("things to try").hasSizeGreaterThanOrEqualTo(6);
                    for (Mutant mutant : mutants) {
                        assertRefused(row, mutant);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> noMemberStandsTwice() {
        return OperationTable.ROWS.stream()
                .filter(row ->
                        row.body() != null && !row.isLines() && row.body().contains(":"))
                .map(row -> dynamicTest(row.toString(), () -> {
                    String inner =
                            row.body().strip().substring(1, row.body().strip().length() - 1);
                    String name = inner.substring(1, inner.indexOf('"', 1));
                    assertRefused(
                            row,
                            new Mutant(
                                    "{" + inner + "," + inner + "}",
                                    400,
                                    "duplicate-field",
                                    "/" + name,
                                    "duplicate-field"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> nobodySendsABodyWhereNoneIsRead() {
        return OperationTable.ROWS.stream()
                .filter(row -> row.body() == null)
                .map(row -> dynamicTest(row.toString(), () -> {
                    Response answer = given().contentType("application/json")
                            .body("{\"dryRun\":true}")
                            .request(row.method(), row.path(true));
                    assertProblem(answer, 400, "bad-request");
                }));
    }

    private static void assertRefused(Row row, Mutant mutant) {
        String type = row.method().equals("PATCH") ? "application/merge-patch+json" : "application/json";
        RequestSpecification request = given().contentType(type).body(mutant.body());

        Response answer = request.request(row.method(), row.path(true));

        assertThat(answer.statusCode())
                .as("%s with %s: %s", row, mutant.body(), answer.asString())
                .isEqualTo(mutant.status());
        assertProblem(answer, mutant.status(), mutant.problem());
        assertThat(answer.jsonPath().getString("errors[0].pointer"))
                .as("%s with %s: %s", row, mutant.body(), answer.asString())
                .isEqualTo(mutant.pointer());
        assertThat(answer.jsonPath().getString("errors[0].code")).isEqualTo(mutant.code());
        assertThat(answer.jsonPath().getString("errors[0].message")).isNotBlank();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> schema(Map<String, Object> operation) {
        Map<String, Object> body = (Map<String, Object>) operation.get("requestBody");
        Map<String, Map<String, Object>> content = (Map<String, Map<String, Object>>) body.get("content");
        return resolved((Map<String, Object>) content.values().iterator().next().get("schema"));
    }

    private Map<String, Object> resolved(Map<String, Object> schema) {
        if (schema.get("$ref") instanceof String reference) {
            return resolved(schemas.get(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        return schema;
    }

    /** Tries a value and all below it; {@code around} makes a whole body of what stands at the pointer. */
    @SuppressWarnings("unchecked")
    private void walk(
            Map<String, Object> given,
            String pointer,
            UnaryOperator<String> around,
            boolean patch,
            int depth,
            List<Mutant> mutants) {
        Map<String, Object> schema = resolved(given);
        if (Boolean.TRUE.equals(schema.get("readOnly"))
                || Boolean.TRUE.equals(given.get("readOnly"))
                || depth > DEEPEST) {
            return;
        }
        String type = type(schema);
        for (String wrong : wrong(type)) {
            mutants.add(new Mutant(around.apply(wrong), 400, "malformed-json", pointer, "wrong-type"));
        }
        if (schema.containsKey("enum")) {
            mutants.add(new Mutant(around.apply("\"nobody\""), 422, "invalid-value", pointer, "unknown-name"));
        }
        if (type.equals("integer")) {
            mutants.add(new Mutant(around.apply("9".repeat(30)), 422, "invalid-value", pointer, "out-of-range"));
        }
        if (type.equals("array")) {
            UnaryOperator<String> item = inner -> around.apply("[" + inner + "]");
            mutants.add(new Mutant(item.apply("null"), 400, "malformed-json", pointer + "/0", "wrong-type"));
            walk((Map<String, Object>) schema.get("items"), pointer + "/0", item, patch, depth + 1, mutants);
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            String key = KEYS.getOrDefault(pointer.substring(pointer.lastIndexOf('/') + 1), "a");
            UnaryOperator<String> entry = inner -> around.apply("{\"" + key + "\":" + inner + "}");
            if (!patch) {
                mutants.add(new Mutant(entry.apply("null"), 400, "malformed-json", pointer + "/" + key, "wrong-type"));
            }
            walk((Map<String, Object>) values, pointer + "/" + key, entry, patch, depth + 1, mutants);
        } else if (schema.get("properties") instanceof Map<?, ?> properties) {
            mutants.add(new Mutant(
                    around.apply("{\"nobodyKnows\":1}"),
                    400,
                    "unknown-field",
                    pointer + "/nobodyKnows",
                    "unknown-field"));
            properties.forEach((name, member) -> walk(
                    (Map<String, Object>) member,
                    pointer + "/" + name,
                    inner -> around.apply("{\"" + name + "\":" + inner + "}"),
                    patch,
                    depth + 1,
                    mutants));
        }
    }

    private static String type(Map<String, Object> schema) {
        Object type = schema.get("type");
        if (type instanceof List<?> types) {
            return types.stream()
                    .map(String::valueOf)
                    .filter(each -> !each.equals("null"))
                    .findFirst()
                    .orElse("object");
        }
        return type == null ? "object" : type.toString();
    }

    private static List<String> wrong(String type) {
        return switch (type) {
            case "integer" -> List.of("1.9", "1.0", "1e2", "\"7\"", "\"\"", "true", "[]", "{}");
            case "boolean" -> List.of("\"true\"", "1", "0", "\"\"", "[]", "{}");
            case "string" -> List.of("7", "1.5", "true", "[]", "{}");
            case "array" -> List.of("{}", "\"x\"", "\"\"", "1", "true");
            default -> List.of("[]", "\"x\"", "\"\"", "1", "true");
        };
    }
}
