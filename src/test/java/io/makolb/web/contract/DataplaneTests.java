package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.makolb.plane.MemoryKernel;
import io.makolb.plane.PlaneException;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ContractTest
class DataplaneTests {

    private static final String JSON = "application/json";

    @Autowired
    private MemoryKernel kernel;

    @AfterEach
    void healTheKernel() {
        kernel.failEverySwitch(null);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        given().get("/dataplane").jsonPath().getString("state").equals("READY"));
    }

    @Test
    void thePlaneTellsOfItself() {
        given().get("/dataplane")
                .then()
                .statusCode(200)
                .body("state", equalTo("READY"))
                .body("trouble", nullValue())
                .body("programId", greaterThan(0))
                .body("storeId", notNullValue())
                .body("limits.vips", equalTo(MemoryApplication.LIMITS.maxVips()))
                .body("interfaces", hasSize(1))
                .body("interfaces[0].status.attached", equalTo(true));
    }

    @Test
    void theGatewayIsTheOneOfTheOnlyInterface() {
        given().contentType(JSON)
                .body("{\"mode\":\"GENERIC\"}")
                .put("/dataplane/interfaces/eth0")
                .then()
                .statusCode(200);
        given().contentType(JSON)
                .body("{\"mac\":\"02:00:00:00:00:0A\"}")
                .put("/dataplane/gateway")
                .then()
                .statusCode(200)
                .body("mac", equalTo("02:00:00:00:00:0a"));
        given().get("/dataplane/interfaces/eth0?include=status")
                .then()
                .body("mode", equalTo("GENERIC"))
                .body("gateway.mac", equalTo("02:00:00:00:00:0a"))
                .body("status.gatewayMac", equalTo("02:00:00:00:00:0a"))
                .body("status.gatewaySource", equalTo("API"));
        given().contentType(JSON)
                .body("{}")
                .put("/dataplane/gateway")
                .then()
                .statusCode(200)
                .body("mac", equalTo("auto"));
    }

    @Test
    void detachingIsAnExplicitAct() {
        given().delete("/dataplane/attachment").then().statusCode(204);
        given().get("/dataplane/attachment").then().body("attached", equalTo(false));
        given().get("/dataplane").then().body("interfaces[0].status.attached", equalTo(false));
        given().delete("/dataplane/attachment")
                .then()
                .statusCode(409)
                .body("type", equalTo("tag:makolb.io,2026:problem/not-attached"));
        given().contentType(JSON).body("{}").put("/dataplane/attachment").then().statusCode(200);
        given().get("/dataplane").then().body("interfaces[0].status.attached", equalTo(true));
    }

    @Test
    void reloadingSwapsTheProgram() {
        int before = given().get("/dataplane").jsonPath().getInt("programId");

        given().post("/dataplane/reload").then().statusCode(200).body("programId", greaterThan(before));
    }

    @Test
    void aChangeThatTheKernelRefusesIsDurableAndSaysWhy() {
        kernel.failEverySwitch(new PlaneException("The table of VIPs cannot be written: no space.", 28, null));

        Response answer = given().contentType(JSON).body("{}").put("/vips/10.200.1.1-80-tcp");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.header("Mako-Changed")).isEqualTo("true");
        assertThat(answer.jsonPath().getString("id")).isEqualTo("10.200.1.1-80-tcp");
        given().get("/vips/10.200.1.1-80-tcp").then().statusCode(200);
        Response status = given().get("/vips/10.200.1.1-80-tcp/status");
        assertThat(status.jsonPath().getString("state")).isEqualTo("PENDING");
        assertThat(status.jsonPath().getString("trouble")).contains("no space");
        Response next = given().contentType(JSON).body("{}").put("/vips/10.200.1.2-80-tcp");
        assertThat(next.statusCode()).isEqualTo(503);
        assertThat(next.jsonPath().getString("type")).endsWith("/plane-unavailable");
        assertThat(next.header("Retry-After")).isNotNull();

        kernel.failEverySwitch(null);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/vips/10.200.1.1-80-tcp/status")
                        .jsonPath()
                        .getString("state")
                        .equals("APPLIED"));
    }
}
