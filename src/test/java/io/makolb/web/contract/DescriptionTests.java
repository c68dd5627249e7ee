package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published description leaves nothing unsaid. Every finding says where something is missing, and how to say it. */
@ContractTest
@SuppressWarnings("unchecked")
class DescriptionTests {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private Map<String, Object> document;
    private final List<String> findings = new ArrayList<>();

    @BeforeEach
    void readDocument() {
        JsonPath served = given().basePath("/").get("/v3/api-docs").jsonPath();
        document = served.getMap("$");
    }

    @Test
    void everyOperationSaysWhatItDoesAndHowItIsCalled() {
        List<Object> names = new ArrayList<>();
        forEveryOperation((where, operation) -> {
            names.add(operation.get("operationId"));
            require(
                    String.valueOf(operation.get("operationId")).matches("[a-z]+[A-Z][a-zA-Z]+"),
                    where + ": name the handler's method verb first (getVip, listVips): it is the operationId that"
                            + " generated clients are built on, and never changes again");
            requireText(operation, "summary", where + ": give @Operation a summary");
            requireText(operation, "description", where + ": give @Operation a description");
            for (Map<String, Object> parameter : maps(operation.get("parameters"))) {
                String what = where + ", parameter " + parameter.get("name");
                requireText(parameter, "description", what + ": give it @Parameter(description = ...)");
            }
        });
        assertThat(findings).isEmpty();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }

    @Test
    void everyPathParameterHasAnExample() {
        forEveryOperation((where, operation) -> {
            for (Map<String, Object> parameter : maps(operation.get("parameters"))) {
                require(
                        !"path".equals(parameter.get("in")) || parameter.containsKey("example"),
                        where + ", parameter " + parameter.get("name") + ": give it @Parameter(example = ...)");
            }
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void everyBodyHasASchemaAndAnExample() {
        forEveryOperation((where, operation) -> {
            bodies(where + ", request", map(operation.get("requestBody")));
            map(operation.get("responses")).forEach((status, answer) -> bodies(where + ", " + status, map(answer)));
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void everyAnswerIsNamedByItsStatusAndProblemsAreAmongThem() {
        forEveryOperation((where, operation) -> {
            Map<String, Object> answers = map(operation.get("responses"));
            answers.forEach((status, answer) -> {
                require(status.matches("[2-5][0-9][0-9]"), where + ": give the answer " + status + " its real status");
                requireText(map(answer), "description", where + ", " + status + ": describe the answer");
            });
            require(
                    answers.keySet().stream().anyMatch(status -> status.startsWith("2")),
                    where + ": name the answer of success with @Returns");
            require(
                    answers.keySet().containsAll(Set.of("400", "406", "500")),
                    where + ": the problems of every operation are missing (web.openapi.Problems)");
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void everyWriteThatCanBeTriedAnswersWithAPlan() {
        forEveryOperation((where, operation) -> {
            boolean dry = maps(operation.get("parameters")).stream()
                    .anyMatch(parameter -> "dryRun".equals(parameter.get("name")));
            if (dry) {
                Map<String, Object> planned =
                        map(map(operation.get("responses")).get("200"));
                require(
                        String.valueOf(planned.get("content")).contains("Plan"),
                        where + ": it has dryRun, so its 200 is a Plan, too: put @Returns on the handler");
            }
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void everySchemaAndMemberIsDescribed() {
        map(map(document.get("components")).get("schemas")).forEach((name, value) -> {
            Map<String, Object> schema = map(value);
            requireText(schema, "description", name + ": give the record @Schema(description = ...)");
            map(schema.get("properties"))
                    .forEach((member, described) -> requireText(
                            map(described),
                            "description",
                            name + "." + member + ": give the member @Schema(description = ...)"));
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void whatCannotBeNullIsRequired() {
        map(map(document.get("components")).get("schemas")).forEach((name, value) -> {
            Map<String, Object> schema = map(value);
            List<Object> required = schema.get("required") == null ? List.of() : (List<Object>) schema.get("required");
            assertThat(map(schema.get("properties")).keySet())
                    .as(name)
                    .containsAll(required.stream().map(String::valueOf).toList());
        });
        Map<String, Object> schemas = map(map(document.get("components")).get("schemas"));
        assertThat(map(schemas.get("Plan")).get("required")).isEqualTo(List.of("baseRevision", "changes", "effect"));
        assertThat(map(schemas.get("Vip")).get("required")).isEqualTo(List.of("id"));
    }

    @Test
    void everyTagIsDescribed() {
        List<String> described = new ArrayList<>();
        for (Map<String, Object> tag : maps(document.get("tags"))) {
            requireText(tag, "description", "Tag " + tag.get("name") + ": give @Tag a description, in one controller");
            described.add(String.valueOf(tag.get("name")));
        }
        forEveryOperation((where, operation) -> require(
                operation.get("tags") instanceof List<?> tags && described.containsAll(tags) && tags.size() == 1,
                where + ": give its controller one @Tag that is described"));
        assertThat(findings).isEmpty();
    }

    private void bodies(String where, Map<String, Object> holder) {
        map(holder.get("content")).forEach((type, value) -> {
            Map<String, Object> body = map(value);
            require(body.containsKey("schema"), where + ", " + type + ": it has no schema");
            require(
                    body.containsKey("example") || body.containsKey("examples"),
                    where + ", " + type + ": it has no example: give every member of " + body.get("schema")
                            + " that is always there @Schema(example = ...)");
        });
    }

    private void forEveryOperation(BiConsumer<String, Map<String, Object>> check) {
        map(document.get("paths"))
                .forEach((path, operations) -> map(operations).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        check.accept(method.toUpperCase(java.util.Locale.ROOT) + " " + path, map(operation));
                    }
                }));
    }

    private void requireText(Map<String, Object> holder, String member, String finding) {
        require(holder.get(member) instanceof String text && !text.isBlank(), finding);
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<Map<String, Object>> maps(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}
