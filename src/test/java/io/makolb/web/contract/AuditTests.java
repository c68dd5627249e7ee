package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.makolb.plane.MemoryKernel;
import io.makolb.plane.PlaneException;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every write is recorded, whatever became of it. */
@ContractTest
class AuditTests {

    private static final String JSON = "application/json";
    private static final String VIP = "/vips/10.200.1.1-80-tcp";

    @Autowired
    private MemoryKernel kernel;

    @AfterEach
    void healTheKernel() {
        kernel.failEverySwitch(null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        given().get("/dataplane").jsonPath().getString("state").equals("READY"));
    }

    private static Response put(String path, String body) {
        return given().contentType(JSON).body(body).put(path);
    }

    private static ValidatableResponse newest() {
        return given().get("/audit?limit=1").then().statusCode(200);
    }

    @Test
    void aChangeIsRecordedWithAllThatIsKnownOfIt() {
        Response answer = given().contentType(JSON)
                .header("X-Change-Message", "ticket 4711")
                .body("{}")
                .put(VIP + "?force=false");

        newest().body("items[0].author", equalTo("127.0.0.1"))
                .body("items[0].from", startsWith("127.0.0.1:"))
                .body("items[0].method", equalTo("PUT"))
                .body("items[0].resource", equalTo("vips/10.200.1.1-80-tcp"))
                .body("items[0].query", equalTo("force=false"))
                .body("items[0].dryRun", equalTo(false))
                .body("items[0].message", equalTo("ticket 4711"))
                .body("items[0].status", equalTo(201))
                .body("items[0].problem", nullValue())
                .body("items[0].changed", equalTo(true))
                .body("items[0].revision", equalTo(Integer.parseInt(answer.header("Mako-Revision"))));
    }

    @Test
    void aChangeOfNothingADryRunAndADeletionAreRecorded() {
        put(VIP, "{}");
        put(VIP, "{}");
        newest().body("items[0].status", equalTo(200)).body("items[0].changed", equalTo(false));
        put(VIP + "?dryRun=true", "{\"description\":\"x\"}");
        newest().body("items[0].dryRun", equalTo(true)).body("items[0].changed", equalTo(false));
        put(VIP + "?dry%52un=%74rue", "{\"description\":\"x\"}");
        newest().body("items[0].dryRun", equalTo(true)).body("items[0].query", equalTo("dry%52un=%74rue"));
        given().delete(VIP);
        newest().body("items[0].method", equalTo("DELETE"))
                .body("items[0].status", equalTo(204))
                .body("items[0].changed", equalTo(true));
    }

    @Test
    void everyClassOfRefusalIsRecordedWithItsProblem() {
        put(VIP, "{}");
        put(VIP, "{\"wieght\":1}");
        given().header("If-Match", "\"1\"").contentType(JSON).body("{}").put(VIP);
        put("/vips/nonsense", "{}");
        put("/vips/10.200.9.9-80-tcp/reals", "{\"items\":[]}");
        given().contentType("text/plain").body("x").put(VIP);
        given().post(VIP);
        put(VIP + "?dryRun=true&dryrun=true", "{}");
        given().header("X-Change-Message", "x".repeat(1001))
                .contentType(JSON)
                .body("{}")
                .put(VIP);
        given().header("Host", "evil.example").contentType(JSON).body("{}").put(VIP);
        given().header("Origin", "http://evil.example")
                .contentType(JSON)
                .body("{}")
                .put(VIP);
        put("/nowhere", "{}");

        given().get("/audit?limit=11")
                .then()
                .body(
                        "items.problem",
                        contains(
                                "not-found",
                                "foreign-origin",
                                "foreign-host",
                                "invalid-value",
                                "unknown-parameter",
                                "method-not-allowed",
                                "unsupported-media-type",
                                "not-found",
                                "malformed-id",
                                "stale-etag",
                                "unknown-field"))
                .body("items.status", contains(404, 403, 421, 422, 400, 405, 415, 404, 400, 412, 400))
                .body("items.changed", everyItem(nullValue()))
                .body("items[4].dryRun", equalTo(true))
                .body("items[3].message", equalTo("x".repeat(1000)))
                .body("items[0].resource", equalTo("nowhere"))
                .body("items[8].resource", equalTo("vips/nonsense"));
    }

    @Test
    void aChangeThatTheKernelDoesNotTakeAndOneThatIsTurnedAwayAreRecorded() {
        kernel.failEverySwitch(new PlaneException("The table of VIPs cannot be written: no space.", 28, null));

        put(VIP, "{}");
        newest().body("items[0].status", equalTo(202)).body("items[0].changed", equalTo(true));
        put("/vips/10.200.1.2-80-tcp", "{}");
        newest().body("items[0].status", equalTo(503)).body("items[0].problem", equalTo("plane-unavailable"));
    }

    @Test
    void commandsAreRecordedWithTheirMessage() {
        given().header("X-Change-Message", "new object").post("/dataplane/reload");

        newest().body("items[0].method", equalTo("POST"))
                .body("items[0].resource", equalTo("dataplane/reload"))
                .body("items[0].message", equalTo("new object"))
                .body("items[0].status", equalTo(200));
    }

    @Test
    void readsAreNotRecorded() {
        int number = given().get("/audit?limit=1").jsonPath().getInt("items[0].number");
        given().get("/config");
        given().options(VIP);

        newest().body("items[0].number", equalTo(number));
    }

    @Test
    void anotherSpellingIsRecordedUnderTheCanonicalName() {
        put("/vips/fc00:0001:0::1-443-tcp", "{}");

        newest().body("items[0].resource", equalTo("vips/fc00:1::1-443-tcp"));
    }

    @Test
    void theRecordIsFilteredByResourceAndTimeAndPaged() {
        put(VIP, "{}");
        put(VIP + "/reals/10.0.0.1", "{}");
        put("/vips/10.200.1.10-80-tcp", "{}");
        Instant since = Instant.now();
        put(VIP + "/reals/10.0.0.2", "{}");

        given().get("/audit?limit=3&resource=vips/10.200.1.1-80-tcp")
                .then()
                .body(
                        "items.resource",
                        contains(
                                "vips/10.200.1.1-80-tcp/reals/10.0.0.2",
                                "vips/10.200.1.1-80-tcp/reals/10.0.0.1",
                                "vips/10.200.1.1-80-tcp"));
        given().get("/audit?since=" + since)
                .then()
                .body("items", hasSize(1))
                .body("items[0].resource", equalTo("vips/10.200.1.1-80-tcp/reals/10.0.0.2"))
                .body("next", nullValue());
        Response first = given().get("/audit?limit=2");
        Response second =
                given().get("/audit?limit=2&cursor=" + first.jsonPath().getString("next"));
        assertThat(second.jsonPath().getInt("items[0].number"))
                .isEqualTo(first.jsonPath().getInt("items[1].number") - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=yesterday", "since=", "limit=0", "cursor=%21", "until=x"})
    void aQuestionThatCannotBeAnsweredIsRefused(String query) {
        assertThat(given().get("/audit?" + query).statusCode()).isIn(400, 422);
    }

    @Test
    void healthAndMetricsTellOfTheRecord() {
        given().basePath("/")
                .get("/actuator/health/audit")
                .then()
                .statusCode(200)
                .body("details.lost", equalTo(0))
                .body("details.path", containsString("audit.jsonl"));
        put(VIP, "{}");
        String metrics = given().basePath("/").get("/actuator/prometheus").asString();
        assertThat(metrics).contains("mako_audit_lost_entries_total 0.0");
        assertThat(metrics).containsPattern("mako_audit_entries_total [1-9]");
    }
}
