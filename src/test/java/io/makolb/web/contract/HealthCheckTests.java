package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.makolb.plane.MemoryKernel;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ContractTest
class HealthCheckTests {

    private static final String JSON = "application/json";

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void begin() {
        given().contentType(JSON).body("{}").put("/config").then().statusCode(200);
    }

    @Test
    void aMarkNeedsNoVip() {
        mark("1000", "{\"real\":\"10.0.0.1\"}")
                .statusCode(201)
                .header("Location", "/api/v1/healthcheck-marks/1000")
                .body("id", equalTo("1000"))
                .body("mark", equalTo(1000))
                .body("real", equalTo("10.0.0.1"));

        assertThat(kernel.healthChecks().marks().toString()).isEqualTo("{1000=10.0.0.1}");
        given().get("/reals").then().body("items.size()", equalTo(0));
        given().get("/config").then().body("healthcheckMarks.1000.real", equalTo("10.0.0.1"));
    }

    @Test
    void aMarkGoesWithItsDeletion() {
        mark("1000", "{\"real\":\"10.0.0.1\"}").statusCode(201);
        given().delete("/healthcheck-marks/1000").then().statusCode(204);

        assertThat(kernel.healthChecks().marks()).isEmpty();
        given().get("/config").then().body("$", not(hasKey("healthcheckMarks")));
        mark("1000", "{\"real\":\"fc00::1\"}").statusCode(201).header("ETag", not(equalTo("\"1\"")));
    }

    @Test
    void marksAreListedByNumber() {
        mark("1000", "{\"real\":\"10.0.0.1\"}");
        mark("999", "{\"real\":\"fc00:0::1\"}");
        mark("4294967295", "{\"real\":\"10.0.0.1\"}");

        given().get("/healthcheck-marks")
                .then()
                .body("items.id", equalTo(List.of("999", "1000", "4294967295")))
                .body("items[0].real", equalTo("fc00::1"));
        String next = given().get("/healthcheck-marks?limit=2").then().extract().path("next");
        given().get("/healthcheck-marks?limit=2&cursor=" + next)
                .then()
                .body("items.id", equalTo(List.of("4294967295")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 422, invalid-value, packets that nobody has marked",
        "4294967296, 422, invalid-value, does not fit into 32 bits",
        "99999999999, 400, malformed-id, is not a mark",
        "01, 400, malformed-id, is not a mark",
        "0x3e8, 400, malformed-id, is not a mark",
        "-1, 400, malformed-id, is not a mark"
    })
    void aMarkIsADecimalNumberOf32Bits(String mark, int status, String name, String words) {
        mark(mark, "{\"real\":\"10.0.0.1\"}")
                .statusCode(status)
                .body("type", equalTo("tag:makolb.io,2026:problem/" + name))
                .body("detail", containsString(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|422|invalid-value|/real",
                "{\"real\":null}|422|invalid-value|/real",
                "{\"real\":\"here\"}|422|invalid-value|/real",
                "{\"real\":\"127.0.0.1\"}|422|invalid-value|/real",
                "{\"real\":\"fe80::1\"}|422|invalid-value|/real",
                "{\"real\":\"10.0.0.1\",\"mark\":7}|422|key-mismatch|/mark",
                "{\"real\":\"10.0.0.1\",\"weight\":7}|400|unknown-field|/weight"
            })
    void aMarkNeedsARealThatPacketsCanBeSentTo(String body, int status, String name, String pointer) {
        int writes = kernel.writes();

        mark("1000", body)
                .statusCode(status)
                .body("type", equalTo("tag:makolb.io,2026:problem/" + name))
                .body("errors[0].pointer", equalTo(pointer));

        assertThat(kernel.writes()).isEqualTo(writes);
    }

    @Test
    void aWrongMarkInTheConfigurationChangesNothing() {
        mark("1000", "{\"real\":\"10.0.0.1\"}");
        int writes = kernel.writes();

        given().contentType(JSON)
                .body("{\"healthcheckMarks\":{\"1\":{\"real\":\"10.0.0.2\"},\"0\":{\"real\":\"10.0.0.2\"},\"2\":{}}}")
                .put("/config")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/healthcheckMarks/0/mark", "/healthcheckMarks/2/real")));

        assertThat(kernel.writes()).isEqualTo(writes);
        given().get("/healthcheck-marks/1000").then().statusCode(200);
    }

    @Test
    void moreMarksThanThereIsRoomForAreRefusedWhole() {
        StringBuilder marks = new StringBuilder("{\"healthcheckMarks\":{");
        int room = given().get("/dataplane").jsonPath().getInt("limits.reals") + 1;
        for (int mark = 1; mark <= room + 1; mark++) {
            marks.append(mark == 1 ? "" : ",").append("\"" + mark + "\":{\"real\":\"10.0.0.1\"}");
        }

        given().contentType(JSON)
                .body(marks.append("}}").toString())
                .put("/config")
                .then()
                .statusCode(507)
                .body("type", equalTo("tag:makolb.io,2026:problem/capacity"))
                .body("remedy", containsString("mako.dataplane.max-reals"));
        assertThat(kernel.healthChecks().marks()).isEmpty();
    }

    @Test
    void destinationsAreCountedUntilTheyAreDeleted() {
        given().contentType(JSON)
                .body("{}")
                .put("/healthcheck-keys/10.200.1.1-80-tcp")
                .then()
                .statusCode(201)
                .body("id", equalTo("10.200.1.1-80-tcp"))
                .body("$", not(hasKey("status")));

        assertThat(kernel.healthChecks().keys().toString()).isEqualTo("[10.200.1.1-80-tcp]");
        given().get("/healthcheck-keys/10.200.1.1-80-tcp?include=status")
                .then()
                .body("status.packets", equalTo(0))
                .body("status.bytes", equalTo(0));
        given().get("/config").then().body("healthcheckKeys", hasKey("10.200.1.1-80-tcp"));
        given().delete("/healthcheck-keys/10.200.1.1-80-tcp").then().statusCode(204);
        assertThat(kernel.healthChecks().keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.200.0.0_16-80-tcp", "fc00:1::_64-0-udp"})
    void aPrefixCannotBeCounted(String prefix) {
        given().contentType(JSON)
                .body("{}")
                .put("/healthcheck-keys/" + prefix)
                .then()
                .statusCode(422)
                .body("detail", containsString("is a prefix"));
        given().contentType(JSON)
                .body("{\"healthcheckKeys\":{\"" + prefix + "\":{}}}")
                .put("/config")
                .then()
                .statusCode(422);
    }

    @Test
    void thePlaneTellsHowItForwardsThem() {
        given().get("/dataplane")
                .then()
                .body("healthChecks.enabled", equalTo(true))
                .body("healthChecks.encapsulation", equalTo("DIRECT"));
    }

    private static ValidatableResponse mark(String mark, String body) {
        return given().contentType(JSON)
                .body(body)
                .put("/healthcheck-marks/" + mark)
                .then();
    }
}
