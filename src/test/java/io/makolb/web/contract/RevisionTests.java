package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history: who changed what, and the way back. */
@ContractTest
class RevisionTests {

    private static final String JSON = "application/json";
    private static final String VIP = "/vips/10.200.1.1-80-tcp";

    private static Response put(String path, String body) {
        return given().contentType(JSON).body(body).put(path);
    }

    private static String revision(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201, 204);
        return answer.header("Mako-Revision");
    }

    /** The configuration of a revision, as it is sent. */
    private static String config(String revision) {
        String body = given().get("/revisions/" + revision).asString();
        return body.substring(body.indexOf("\"config\":") + "\"config\":".length(), body.length() - 1);
    }

    @Test
    void aRevisionSaysWhoChangedWhatWhenAndWhy() {
        put(VIP, "{}");
        put(VIP + "/reals/10.0.0.1", "{\"weight\":3}");
        String number = revision(given().contentType(JSON)
                .header("X-Change-Message", "ticket 4711")
                .body("{\"weight\":5}")
                .put(VIP + "/reals/10.0.0.1"));

        given().get("/revisions/" + number)
                .then()
                .statusCode(200)
                .header("ETag", "\"" + number + "\"")
                .body("revision", equalTo(Integer.parseInt(number)))
                .body("at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"))
                .body("author", equalTo("127.0.0.1"))
                .body("message", equalTo("ticket 4711"))
                .body("diff", hasSize(1))
                .body("diff[0].kind", equalTo("CHANGED"))
                .body("diff[0].resource", equalTo("vips/10.200.1.1-80-tcp/reals/10.0.0.1"))
                .body("diff[0].before.weight", equalTo(3))
                .body("diff[0].after.weight", equalTo(5))
                .body("config.vips.'10.200.1.1-80-tcp'.reals.'10.0.0.1'.weight", equalTo(5));
        given().get("/revisions?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("items[0].revision", equalTo(Integer.parseInt(number)))
                .body("items[0].message", equalTo("ticket 4711"))
                .body("items[0].changes", equalTo(1))
                .body("revision", equalTo(Integer.parseInt(number)));
    }

    @Test
    void everyKindOfResourceStandsInTheDiffWithItsValues() {
        put(
                "/config",
                "{\"vips\":{\"10.200.1.1-80-tcp\":{\"onEmpty\":\"PASS\",\"reals\":{\"10.0.0.1\":{\"weight\":2}}}}}");
        String number = revision(put("/config", """
                {"attachment": {"attached": false},
                 "interfaces": {"eth0": {"gateway": {"mac": "02:00:00:00:00:01"}}},
                 "vips": {"10.200.1.2-80-tcp": {"description": "new", "reals": {"10.0.0.2": {}}}}}"""));

        given().get("/revisions/" + number)
                .then()
                .body(
                        "diff.resource",
                        contains(
                                "vips/10.200.1.1-80-tcp",
                                "vips/10.200.1.2-80-tcp",
                                "dataplane/interfaces/eth0",
                                "dataplane/attachment"))
                .body("diff.kind", contains("DELETED", "CREATED", "CREATED", "CHANGED"))
                .body("diff[0].before.onEmpty", equalTo("PASS"))
                .body("diff[0].before.reals.'10.0.0.1'.weight", equalTo(2))
                .body("diff[0].after", nullValue())
                .body("diff[1].before", nullValue())
                .body("diff[1].after.description", equalTo("new"))
                .body("diff[1].after.reals.'10.0.0.2'", equalTo(Map.of()))
                .body("diff[2].after.gateway.mac", equalTo("02:00:00:00:00:01"))
                .body("diff[3].before.attached", equalTo(true))
                .body("diff[3].after.attached", equalTo(false));
    }

    @Test
    void puttingTheConfigurationOfARevisionRollsBackToIt() {
        put("/config", """
                {"interfaces": {"eth0": {"mode": "GENERIC", "gateway": {"mac": "02:00:00:00:00:01"}}},
                 "vips": {"10.200.1.1-80-tcp": {"labels": {"env": "prod"}, "flags": ["NO_SPORT"],
                    "reals": {"10.0.0.1": {"weight": 10}, "10.0.0.2": {"adminState": "DISABLED"}}},
                  "10.200.1.2-443-udp": {"onEmpty": "PASS"}}}""");
        String good = given().get("/config").asString();
        String number = given().get("/config").header("Mako-Revision");
        revision(given().delete(VIP));
        revision(put(VIP, "{\"hashFunction\":\"MAGLEV\"}"));
        revision(put("/dataplane/gateway", "{\"mac\":\"02:00:00:00:00:02\"}"));
        revision(put("/dataplane/interfaces/eth0", "{}"));
        revision(put("/vips/fc00:1::1-443-tcp", "{}"));
        revision(given().delete("/dataplane/attachment"));

        Response back = given().contentType(JSON)
                .header("X-Change-Message", "back to " + number)
                .body(config(number))
                .put("/config");

        assertThat(back.statusCode()).as(back.asString()).isEqualTo(200);
        assertThat(given().get("/config").asString()).isEqualTo(good);
        given().get("/dataplane/attachment").then().body("attached", equalTo(true));
        assertThat(config(back.header("Mako-Revision"))).isEqualTo(config(number));
    }

    @Test
    void pagesGoBackWithoutGapsWhileTheHistoryGrows() {
        for (int n = 1; n <= 7; n++) {
            put(VIP, "{\"description\":\"" + n + "\"}");
        }
        List<Integer> seen = new ArrayList<>();
        String next = null;
        int pages = 0;
        // The tests before have left some: a few pages, however many those are.
        int limit = Math.max(3, given().get("/revisions?limit=1").jsonPath().getInt("revision") / 5);
        do {
            Response page = given().get("/revisions?limit=" + limit + (next == null ? "" : "&cursor=" + next));
            seen.addAll(page.jsonPath().getList("items.revision", Integer.class));
            next = page.jsonPath().getString("next");
            put(VIP, "{\"description\":\"meanwhile " + pages + "\"}");
            pages++;
        } while (next != null && pages < 100);

        assertThat(next).isNull();
        assertThat(seen).isNotEmpty();
        for (int n = 0; n < seen.size(); n++) {
            assertThat(seen.get(n)).isEqualTo(seen.get(0) - n);
        }
        assertThat(seen).endsWith(1);
    }

    @Test
    void aRevisionIsNotSentTwice() {
        String number = revision(put(VIP, "{}"));

        given().header("If-None-Match", "\"" + number + "\"")
                .get("/revisions/" + number)
                .then()
                .statusCode(304);
    }

    @Test
    void aRevisionThatIsNotThereIsNotFound() {
        int newest = given().get("/revisions?limit=1").jsonPath().getInt("revision");

        given().get("/revisions/" + (newest + 1))
                .then()
                .statusCode(404)
                .body("type", equalTo("tag:makolb.io,2026:problem/not-found"))
                .body("detail", containsString("go from 1 to " + newest));
        given().get("/revisions/0").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "01", "1.0", "9999999999999999999"})
    void whatIsNoNumberIsNoRevision(String number) {
        given().get("/revisions/" + number)
                .then()
                .statusCode(400)
                .body("type", equalTo("tag:makolb.io,2026:problem/malformed-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=x", "limit=10001", "cursor=%21", "cursor=YWJj", "cursor=", "before=3"})
    void aPageThatCannotBeIsRefused(String query) {
        assertThat(given().get("/revisions?" + query).statusCode()).isIn(400, 422);
    }

    /** As curl sends it: the bytes of the terminal. */
    @Test
    void aMessageTravelsInUtf8() throws IOException {
        String request = "PUT /api/v1" + VIP + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\n"
                + "X-Change-Message: größer \u5024\r\n\r\n{}";
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 201");
        }

        byte[] page = given().get("/revisions?limit=1").asByteArray();
        assertThat(new String(page, StandardCharsets.UTF_8)).contains("\"message\":\"größer \u5024\"");
    }

    @Test
    void commandsTakeAMessageAsWell() {
        given().header("X-Change-Message", "new object")
                .post("/dataplane/reload")
                .then()
                .statusCode(200);
        given().header("X-Change-Message", "x".repeat(1001))
                .post("/dataplane/reload")
                .then()
                .statusCode(422);
        given().header("X-Change-Message", "x".repeat(1001))
                .contentType(JSON)
                .body("{\"from\":\"STORE\"}")
                .post("/dataplane/adopt")
                .then()
                .statusCode(422);
    }
}
