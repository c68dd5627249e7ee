package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.makolb.web.http.Inclusion;
import io.makolb.web.strict.StrictParameters;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Every read of the table: tags, conditions, absence, and what does not belong into the query. Reading changes nothing. */
@ContractTest
class ReadTableTests {

    @Autowired
    private MemoryKernel kernel;

    @Autowired
    private ApplicationContext application;

    private Before before;

    @BeforeEach
    void configure() {
        OperationTable.configure();
        before = Before.of("/config", kernel);
    }

    @AfterEach
    void nothingHasChanged() {
        before.assertNothingChanged("/config", kernel);
    }

    static Stream<Row> reads() {
        return OperationTable.ROWS.stream()
                .filter(row -> row.kind() == Row.Kind.READ || row.kind() == Row.Kind.READ_TAGGED);
    }

    static Stream<Row> tagged() {
        return OperationTable.ROWS.stream().filter(row -> row.kind() == Row.Kind.READ_TAGGED);
    }

    static Stream<Row> readsOfWhatMayBeAbsent() {
        return reads().filter(row -> row.absent() == Row.Absent.MISSED);
    }

    static Stream<Row> all() {
        return OperationTable.ROWS.stream();
    }

    static Stream<String> paths() {
        return all().map(Row::pattern).distinct();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void anAnswerSaysWhichRevisionItReflects(Row row) {
        Response answer = given().get(row.path(true));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.jsonPath().getMap("")).isNotNull();
        assertThat(answer.header("Mako-Revision")).isEqualTo(Long.toString(before.revision()));
        if (row.kind() == Row.Kind.READ_TAGGED) {
            assertThat(answer.header("ETag")).matches("\"[0-9]+\"");
        } else {
            assertThat(answer.header("ETag")).isNull();
        }
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        for (String header : new String[] {"Mako-Changed", "Location", "Content-Location", "Retry-After"}) {
            assertThat(answer.header(header)).as(header).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void headIsGetWithoutItsBody(Row row) {
        Response get = given().get(row.path(true));

        Response head = given().head(row.path(true));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asString()).isEmpty();
        for (String header : new String[] {"ETag", "Mako-Revision", "Content-Type"}) {
            assertThat(head.header(header)).as(header).isEqualTo(get.header(header));
        }
    }

    @ParameterizedTest
    @MethodSource("readsOfWhatMayBeAbsent")
    void whatIsAbsentIsMissedByName(Row row) {
        Response answer = given().get(row.path(false));

        assertProblem(answer, 404, "not-found", "/api/v1" + row.path(false), before.revision());
        int last = row.pattern().lastIndexOf('{');
        String variable = row.pattern().substring(last + 1, row.pattern().indexOf('}', last));
        String name = OperationTable.VARIABLES.get(variable).absent();
        assertThat(answer.jsonPath().getString("detail")).contains(name);
        assertThat(answer.header("ETag")).isNull();
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void aReaderWhoHasTheRepresentationIsToldSo(Row row) {
        String tag = given().get(row.path(true)).header("ETag");

        for (String known : new String[] {tag, "\"1234567\", " + tag, "W/" + tag}) {
            Response answer = given().header("If-None-Match", known).get(row.path(true));
            assertThat(answer.statusCode()).as(known).isEqualTo(304);
            assertThat(answer.asString()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(tag);
        }
        assertThat(given().header("If-None-Match", "\"1234567\"")
                        .get(row.path(true))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void aReaderCanDemandThatNothingOrSomethingHasChanged(Row row) {
        String tag = given().get(row.path(true)).header("ETag");

        Response known = given().header("If-None-Match", "*").get(row.path(true));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.asString()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo(tag);
        for (String expected : new String[] {tag, "\"1234567\", " + tag, "*"}) {
            assertThat(given().header("If-Match", expected).get(row.path(true)).statusCode())
                    .as(expected)
                    .isEqualTo(200);
        }
        for (String stale : new String[] {"\"1234567\"", "W/" + tag, "17"}) {
            Response answer = given().header("If-Match", stale).get(row.path(true));
            assertProblem(answer, 412, "stale-etag");
            assertThat(answer.header("ETag")).isEqualTo(tag);
        }
        assertThat(given().header("If-Match", "\"1234567\"")
                        .head(row.path(true))
                        .statusCode())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void stateIsIncludedWhereThereIsSomeAndTakesTheTagAway(Row row) {
        boolean includes = Operation.all(application).stream()
                .filter(operation -> operation.toString().equals(row.operation()))
                .flatMap(operation -> Arrays.stream(operation.handler().getMethodParameters()))
                .anyMatch(parameter -> parameter.getParameterType() == Inclusion.class);

        Response answer = given().get(row.path(true) + "?include=status");

        if (!includes) {
            assertProblem(answer, 400, "unknown-parameter");
            return;
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.asString()).contains("\"status\":{");
        assertThat(given().get(row.path(true)).asString()).doesNotContain("\"status\":");
        assertProblem(given().get(row.path(true) + "?include=state"), 422, "invalid-value");
        assertProblem(given().get(row.path(true) + "?include="), 422, "invalid-value");
        assertProblem(given().get(row.path(true) + "?include=status&include=status"), 400, "unknown-parameter");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aParameterThatNobodyKnowsIsRefusedBeforeAnythingHappens(Row row) {
        int program = given().get("/dataplane").jsonPath().getInt("programId");
        for (String query : new String[] {"?dryrun=true", "?x", "?dry%52un=true&y=1", "?DRYRUN=true"}) {
            Response answer = row.send(given(), true, query);

            assertProblem(answer, 400, "unknown-parameter", "/api/v1" + row.path(true), before.revision());
        }
        boolean previews = Operation.all(application).stream()
                .filter(operation -> operation.toString().equals(row.operation()))
                .anyMatch(operation ->
                        StrictParameters.declaredBy(operation.handler()).contains("dryRun"));
        if (!previews) {
            assertProblem(row.send(given(), true, "?dryRun=true"), 400, "unknown-parameter");
        }
        assertThat(given().get("/dataplane").jsonPath().getInt("programId")).isEqualTo(program);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyOtherMethodIsRefusedWithTheListOfThoseThatExist(String pattern) {
        Set<String> known = all().filter(row -> row.pattern().equals(pattern))
                .map(Row::method)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> allowed = new TreeSet<>(known);
        allowed.add("OPTIONS");
        if (known.contains("GET")) {
            allowed.add("HEAD");
        }
        String path = all().filter(row -> row.pattern().equals(pattern))
                .findFirst()
                .orElseThrow()
                .path(true);

        Response options = given().options(path);
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(new TreeSet<>(Arrays.asList(options.header("Allow").split(", *"))))
                .isEqualTo(allowed);
        assertThat(String.valueOf(options.header("Accept-Patch")).contains("merge-patch"))
                .isEqualTo(known.contains("PATCH"));
        for (String method : new String[] {"GET", "PUT", "PATCH", "POST", "DELETE", "PROPFIND"}) {
            if (!known.contains(method)) {
                RequestSpecification request = given();
                Response answer =
                        request.contentType("application/json").body("{}").request(method, path);
                assertProblem(answer, 405, "method-not-allowed", "/api/v1" + path, before.revision());
                assertThat(new TreeSet<>(Arrays.asList(answer.header("Allow").split(", *"))))
                        .as("Allow for %s", method)
                        .isEqualTo(allowed);
            }
        }
    }
}
