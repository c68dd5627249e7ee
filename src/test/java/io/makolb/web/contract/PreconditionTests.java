package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Entity tags and dry runs: resource by resource, precondition by precondition. */
@ContractTest
class PreconditionTests {

    private static final String JSON = "application/json";

    /** A write that changes an existing resource. */
    record Write(String method, String path, String type, String body, String tagOf) {
        Response send(RequestSpecification request, String query) {
            return request.contentType(type).body(body).request(method, path + query);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final String VIP = "/vips/10.200.1.1-80-tcp";
    private static final String REAL = VIP + "/reals/10.0.0.1";
    private static final String PATCH = "application/merge-patch+json";

    static final List<Write> WRITES = List.of(
            new Write("PUT", VIP, JSON, "{\"description\":\"new\"}", VIP),
            new Write("PATCH", VIP, PATCH, "{\"description\":\"new\"}", VIP),
            new Write("PUT", REAL, JSON, "{\"weight\":7}", REAL),
            new Write("PATCH", REAL, PATCH, "{\"weight\":7}", REAL),
            new Write("PUT", VIP + "/reals", JSON, "{\"items\":[{\"address\":\"10.0.0.7\"}]}", VIP + "/reals"),
            new Write("POST", VIP + "/reals/edits", JSON, "{\"remove\":[\"10.0.0.1\"]}", VIP + "/reals"),
            new Write(
                    "PUT", "/dataplane/interfaces/eth0", JSON, "{\"mode\":\"GENERIC\"}", "/dataplane/interfaces/eth0"),
            new Write("PUT", "/dataplane/gateway", JSON, "{\"mac\":\"02:00:00:00:00:09\"}", "/dataplane/gateway"),
            new Write("PUT", "/dataplane/attachment", JSON, "{\"attached\":false}", "/dataplane/attachment"),
            new Write("PUT", "/config", JSON, "{}", "/config"));

    static Stream<Write> writes() {
        return WRITES.stream();
    }

    static Stream<Arguments> deletes() {
        return Stream.of(VIP, REAL).map(Arguments::of);
    }

    @BeforeEach
    void configureSomething() {
        given().contentType(JSON)
                .body("{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{\"weight\":10}}}}}")
                .put("/config")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void withoutAPreconditionAWriteIsMade(Write write) {
        Response answer = write.send(given(), "");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Mako-Changed")).isEqualTo("true");
        assertThat(answer.header("ETag")).isEqualTo("\"" + answer.header("Mako-Revision") + "\"");
        Response read = given().get(write.tagOf());
        assertThat(read.header("ETag")).isEqualTo(answer.header("ETag"));
        assertThat(read.asString()).isEqualTo(answer.asString());
    }

    @ParameterizedTest
    @MethodSource("writes")
    void theCurrentTagIsGoodOnce(Write write) {
        String tag = given().get(write.tagOf()).header("ETag");

        assertThat(write.send(given().header("If-Match", "\"1234567\", " + tag), "")
                        .statusCode())
                .isEqualTo(200);
        Response again = write.send(given().header("If-Match", tag), "");

        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(again.jsonPath().getString("type")).endsWith("/stale-etag");
        assertThat(again.header("ETag")).isEqualTo(given().get(write.tagOf()).header("ETag"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aStaleWeakOrForeignTagChangesNothing(Write write) {
        String tag = given().get(write.tagOf()).header("ETag");
        String before = given().get("/config").asString();

        for (String stale : List.of("\"1234567\"", "W/" + tag, "\"abc\"", "\"\"")) {
            Response answer = write.send(given().header("If-Match", stale), "");
            assertThat(answer.statusCode()).as(stale).isEqualTo(412);
        }
        assertThat(given().get("/config").asString()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aStarDemandsExistence(Write write) {
        assertThat(write.send(given().header("If-None-Match", "*"), "").statusCode())
                .isEqualTo(412);
        assertThat(write.send(given().header("If-Match", "*"), "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aDryRunAnswersThePlanAndChangesNothing(Write write) {
        String tag = given().get("/config").header("ETag");

        Response answer = write.send(given(), "?dryRun=true");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat("\"" + answer.jsonPath().getLong("baseRevision") + "\"").isEqualTo(tag);
        assertThat(answer.jsonPath().getList("changes")).isNotEmpty();
        assertThat(answer.jsonPath().getMap("effect.vips")).isNotNull();
        assertThat(answer.header("Mako-Changed")).isEqualTo("false");
        assertThat(given().get("/config").header("ETag")).isEqualTo(tag);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aDryRunRefusesWhatTheWriteWouldRefuse(Write write) {
        assertThat(write.send(given().header("If-Match", "\"1234567\""), "?dryRun=true")
                        .statusCode())
                .isEqualTo(412);
        assertThat(write.send(given().header("If-Match", "1234567"), "?dryRun=true")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("deletes")
    void aDeletionKeepsToPreconditionsToo(String path) {
        String tag = given().get(path).header("ETag");

        given().header("If-Match", "\"1234567\"").delete(path).then().statusCode(412);
        given().delete(path + "?dryRun=true").then().statusCode(200);
        given().get(path).then().statusCode(200);
        given().header("If-Match", tag).delete(path).then().statusCode(204);
        given().header("If-Match", tag).delete(path).then().statusCode(412);
        given().delete(path).then().statusCode(404);
    }

    @Test
    void ifNoneMatchCreatesAndNeverReplaces() {
        given().header("If-None-Match", "*")
                .contentType(JSON)
                .body("{}")
                .put("/vips/10.200.1.2-80-tcp")
                .then()
                .statusCode(201);
        given().header("If-None-Match", "*")
                .contentType(JSON)
                .body("{}")
                .put("/vips/10.200.1.2-80-tcp")
                .then()
                .statusCode(412);
        given().header("If-Match", "*")
                .contentType(JSON)
                .body("{}")
                .put("/vips/10.200.1.3-80-tcp")
                .then()
                .statusCode(412);
    }

    @Test
    void aMalformedPreconditionIsNotMistakenForNone() {
        for (String header : List.of("17", "\"17", "\"1\" \"2\"", "\"1\",", "")) {
            given().header("If-Match", header)
                    .contentType(JSON)
                    .body("{}")
                    .put(VIP)
                    .then()
                    .statusCode(400);
        }
        given().header("If-None-Match", "\"1\"")
                .contentType(JSON)
                .body("{}")
                .put(VIP)
                .then()
                .statusCode(400);
        given().header("If-None-Match", "*")
                .header("If-Match", "*")
                .contentType(JSON)
                .body("{}")
                .put(VIP)
                .then()
                .statusCode(400);
    }

    @Test
    void aVipsTagDoesNotCoverItsReals() {
        String vip = given().get(VIP).header("ETag");
        String members = given().get(VIP + "/reals").header("ETag");

        given().contentType(JSON).body("{}").put(VIP + "/reals/10.0.0.9").then().statusCode(201);

        assertThat(given().get(VIP).header("ETag")).isEqualTo(vip);
        assertThat(given().get(VIP + "/reals").header("ETag")).isNotEqualTo(members);
    }

    @Test
    void aRecreatedResourceNeverGetsAnOldTag() {
        String tag = given().get(VIP).header("ETag");

        given().delete(VIP).then().statusCode(204);
        given().contentType(JSON).body("{}").put(VIP).then().statusCode(201);

        assertThat(given().get(VIP).header("ETag")).isNotEqualTo(tag);
        given().header("If-Match", tag)
                .contentType(JSON)
                .body("{\"description\":\"x\"}")
                .put(VIP)
                .then()
                .statusCode(412);
    }
}
