package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source routes and server ids: one by one, in edits, and all at once. */
@ContractTest
class BulkResourceTests {

    private static final String NDJSON = "application/x-ndjson";

    @AfterEach
    void removeAll() {
        given().contentType(JSON)
                .body("{\"items\":[]}")
                .put("/source-routes")
                .then()
                .statusCode(200);
        given().contentType(JSON)
                .body("{\"items\":[]}")
                .put("/quic-server-ids")
                .then()
                .statusCode(200);
    }

    @Test
    void aRouteComesChangesAndGoes() {
        put("/source-routes/192.168.0.0_16", "{\"real\":\"10.0.5.1\"}")
                .statusCode(201)
                .body("id", equalTo("192.168.0.0_16"))
                .body("prefix", equalTo("192.168.0.0/16"))
                .body("real", equalTo("10.0.5.1"));
        put("/source-routes/192.168.0.0_16", "{\"real\":\"10.0.5.2\"}").statusCode(200);
        given().get("/source-routes/192.168.0.0_16").then().body("real", equalTo("10.0.5.2"));
        given().get("/reals/10.0.5.2").then().statusCode(200);
        given().get("/reals").then().body("items.id", hasItem("10.0.5.2"));
        given().get("/reals/10.0.5.1").then().statusCode(404);
        given().delete("/source-routes/192.168.0.0_16").then().statusCode(204);
        given().get("/source-routes/192.168.0.0_16")
                .then()
                .statusCode(404)
                .body("remedy", containsString("PUT /api/v1/source-routes/192.168.0.0_16"));
    }

    /** A change of one is no change of another. */
    @Test
    void everyResourceHasATagOfItsOwn() {
        put("/source-routes/192.168.1.0_24", "{\"real\":\"10.0.5.1\"}");
        String tag = given().get("/source-routes/192.168.1.0_24").header("ETag");
        put("/source-routes/192.168.2.0_24", "{\"real\":\"10.0.5.1\"}");
        given().contentType(JSON)
                .header("If-Match", tag)
                .body("{\"real\":\"10.0.5.2\"}")
                .put("/source-routes/192.168.1.0_24")
                .then()
                .statusCode(200);
        given().contentType(JSON)
                .header("If-Match", tag)
                .body("{\"real\":\"10.0.5.3\"}")
                .put("/source-routes/192.168.1.0_24")
                .then()
                .statusCode(412)
                .body("type", containsString("stale-etag"));
    }

    @Test
    void linesReplaceAllAtOnce() {
        put("/source-routes/172.16.0.0_12", "{\"real\":\"10.0.5.9\"}").statusCode(201);
        lines("/source-routes", routes(3000))
                .statusCode(200)
                .header("Mako-Changed", "true")
                .body("accepted", equalTo(3000))
                .body("changed", equalTo(true))
                .body("revision", notNullValue())
                .body("items", nullValue());
        given().get("/source-routes/172.16.0.0_12").then().statusCode(404);
        given().get("/source-routes/10.1.7.0_24").then().body("real", equalTo("10.0.5.2"));
        lines("/source-routes", routes(3000)).header("Mako-Changed", "false").body("changed", equalTo(false));
        int revision = given().get("/source-routes?limit=1").path("revision");
        given().get("/revisions/" + revision)
                .then()
                .body("diff[0].resource", equalTo("source-routes"))
                .body("diff[0].after.summary", containsString("3000 created, 0 changed, 1 deleted"));

        String answer = given().accept(NDJSON)
                .get("/source-routes")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(answer.lines()).hasSize(3000);
        lines("/source-routes", answer).header("Mako-Changed", "false");
    }

    @Test
    void aSetIsReadInPages() {
        lines("/source-routes", routes(25)).statusCode(200);
        String next = given().get("/source-routes?limit=10")
                .then()
                .body("items", hasSize(10))
                .body("items[0].id", equalTo("10.1.0.0_24"))
                .extract()
                .path("next");
        given().get("/source-routes?limit=20&cursor=" + next)
                .then()
                .body("items", hasSize(15))
                .body("next", nullValue());
        given().contentType(JSON)
                .body("{\"items\":[],\"next\":\"x\"}")
                .put("/source-routes")
                .then()
                .statusCode(422)
                .body("type", containsString("partial-collection"));
    }

    /** No page follows the last one, so it must say itself that it is not all. */
    @Test
    void theLastPageDoesNotReplaceTheSet() {
        lines("/source-routes", routes(25)).statusCode(200);
        String next = given().get("/source-routes?limit=20").then().extract().path("next");
        String last = given().get("/source-routes?limit=20&cursor=" + next).asString();

        given().contentType(JSON)
                .body(last)
                .put("/source-routes")
                .then()
                .statusCode(422)
                .body("type", containsString("partial-collection"))
                .body("errors[0].pointer", equalTo("/partial"));
        given().get("/source-routes").then().body("items", hasSize(25));
    }

    @Test
    void whatStandsTwiceInADocumentIsNamedByItsPlace() {
        given().contentType(JSON)
                .body("{\"items\":[{\"prefix\":\"10.9.0.0/16\",\"real\":\"10.0.5.1\"},"
                        + "{\"prefix\":\"10.9.0.0_16\",\"real\":\"10.0.5.2\"}]}")
                .put("/source-routes")
                .then()
                .statusCode(422)
                .body("type", containsString("duplicate-member"))
                .body("errors[0].pointer", equalTo("/items/1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prefix\":\"10.9.0.0/16\",\"real\":\"10.0.5.1\",\"x\":1} | 400 | unknown-field | /1/x",
                "{\"prefix\":\"10.9.0.0/16\",\"real\":\"10.0.5.1\" | 400 | malformed-json | /1",
                "{\"prefix\":\"10.9.0.0/16\"} | 422 | invalid-value | /1/real",
                "{\"real\":\"10.0.5.1\"} | 422 | invalid-value | /1/prefix",
                "{\"prefix\":\"10.9.0.1/16\",\"real\":\"10.0.5.1\"} | 422 | host-bits | /1/prefix",
                "{\"prefix\":\"2001:db8::/32\",\"real\":\"10.0.5.1\"} | 422 | wrong-family | /1/real",
                "{\"prefix\":\"10.1.0.0_24\",\"real\":\"10.0.5.1\"} | 422 | duplicate-member | /1",
                "[] | 400 | malformed-json | /1"
            })
    void oneBadLineChangesNothing(String line, int status, String problem, String pointer) {
        lines("/source-routes", routes(1) + line + "\n" + routes(1))
                .statusCode(status)
                .body("type", containsString(problem))
                .body("errors[0].pointer", equalTo(pointer));
        given().get("/source-routes").then().body("items", hasSize(0));
    }

    @Test
    void editsAreMadeTogetherOrNotAtAll() {
        lines("/source-routes", routes(3)).statusCode(200);
        edit(
                        "/source-routes",
                        "{\"upsert\":{\"10.7.0.0_16\":{\"real\":\"10.0.5.7\"}},\"remove\":[\"10.1.1.0_24\",\"10.66.0.0_16\"]}")
                .statusCode(200)
                .body("items", hasSize(3));
        given().get("/source-routes")
                .then()
                .body("items.prefix", contains("10.1.0.0/24", "10.1.2.0/24", "10.7.0.0/16"));
        edit(
                        "/source-routes",
                        "{\"upsert\":{\"10.8.0.0_16\":{\"real\":\"10.0.5.7\"},\"10.8.0.1_16\":{\"real\":\"10.0.5.7\"}}}")
                .statusCode(422);
        edit("/source-routes", "{\"upsert\":{\"10.8.0.0_16\":{\"real\":\"10.0.5.7\"}},\"remove\":[\"10.8.0.0_16\"]}")
                .statusCode(422)
                .body("type", containsString("duplicate-member"));
        given().get("/source-routes").then().body("items", hasSize(3));
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndDoesNothing() {
        given().contentType(NDJSON)
                .body(routes(2000).getBytes(StandardCharsets.UTF_8))
                .put("/source-routes?dryRun=true")
                .then()
                .statusCode(200)
                .body("changes[0].resource", equalTo("source-routes"));
        given().get("/source-routes").then().body("items", hasSize(0));
    }

    @Test
    void moreThanThereIsRoomForIsRefused() {
        lines("/source-routes", routes(10_001))
                .statusCode(507)
                .body("type", containsString("capacity"))
                .body("remedy", containsString("mako.dataplane.max-source-routes"));
        given().get("/source-routes").then().body("items", hasSize(0));
    }

    /** A real that a route leads to is named by it alone, and goes with it. */
    @Test
    void theConfigurationHasThemWhileTheyAreFewAndNeverLosesThem() {
        lines("/source-routes", routes(2)).statusCode(200);
        given().get("/config").then().body("sourceRoutes.'10.1.0.0_24'.real", equalTo("10.0.5.1"));
        given().contentType(JSON).body("{}").put("/config").then().statusCode(200);
        given().get("/source-routes").then().body("items", hasSize(2));
        given().contentType("application/merge-patch+json")
                .body(
                        "{\"sourceRoutes\":{\"10.1.0.0_24\":null,\"10.2.0.0_24\":{\"real\":\"10.0.5.4\"}},\"quicServerIds\":{\"7\":{\"real\":\"10.0.5.4\"}}}")
                .patch("/config")
                .then()
                .statusCode(200)
                .body("quicServerIds.7.real", equalTo("10.0.5.4"));
        given().get("/source-routes").then().body("items.id", contains("10.1.1.0_24", "10.2.0.0_24"));
        given().contentType(JSON)
                .body("{\"sourceRoutes\":{}}")
                .put("/config")
                .then()
                .statusCode(200);
        given().get("/source-routes").then().body("items", hasSize(0));
        given().get("/quic-server-ids").then().body("items", hasSize(1));
    }

    @Test
    void serverIdsAreNumbers() {
        put("/quic-server-ids/1001", "{\"real\":\"10.0.5.1\"}").statusCode(201).body("serverId", equalTo(1001));
        put("/quic-server-ids/1001", "{\"serverId\":1002,\"real\":\"10.0.5.1\"}")
                .statusCode(422)
                .body("type", containsString("key-mismatch"));
        put("/quic-server-ids/16777213", "{\"real\":\"10.0.5.1\"}").statusCode(201);
        put("/quic-server-ids/16777214", "{\"real\":\"10.0.5.1\"}").statusCode(422);
        put("/quic-server-ids/0", "{\"real\":\"10.0.5.1\"}").statusCode(422);
        put("/quic-server-ids/0x10", "{\"real\":\"10.0.5.1\"}")
                .statusCode(400)
                .body("type", containsString("malformed-id"));
        lines("/quic-server-ids", "{\"serverId\":5,\"real\":\"10.0.5.1\"}\n{\"serverId\":6,\"real\":\"2001:db8::6\"}\n")
                .statusCode(200)
                .body("accepted", equalTo(2));
        given().get("/quic-server-ids").then().body("items.id", contains("5", "6"));
    }

    @Test
    void otherSpellingsAreServedWithTheCanonicalOne() {
        put("/source-routes/2001:DB8::_32", "{\"real\":\"2001:db8:5::1\"}")
                .statusCode(201)
                .header("Content-Location", containsString("/source-routes/2001:db8::_32"));
    }

    private static String routes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"prefix\":\"10." + (1 + i / 256) + "." + i % 256 + ".0/24\",\"real\":\"10.0.5."
                        + (1 + i % 2) + "\"}\n")
                .collect(Collectors.joining());
    }

    private static ValidatableResponse put(String path, String body) {
        return given().contentType(JSON).body(body).put(path).then();
    }

    private static ValidatableResponse lines(String path, String body) {
        return given().contentType(NDJSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .put(path)
                .then();
    }

    private static ValidatableResponse edit(String path, String body) {
        return given().contentType(JSON).body(body).post(path + "/edits").then();
    }
}
