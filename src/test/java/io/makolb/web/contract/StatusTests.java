package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.PlaneException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What has become of what was configured. */
@ContractTest
class StatusTests {

    private static final String VIP = "/vips/10.200.1.1-80-tcp";

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void configure() {
        given().contentType("application/json")
                .body(
                        "{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{\"weight\":3},\"10.0.0.2\":{\"weight\":1},"
                                + "\"10.0.0.3\":{\"weight\":5,\"adminState\":\"DISABLED\"}}}}}")
                .put("/config")
                .then()
                .statusCode(200);
    }

    @AfterEach
    void healTheKernel() {
        kernel.failEverySwitch(null);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        given().get("/dataplane").jsonPath().getString("state").equals("READY"));
    }

    @Test
    void aRealOfAVipTellsItsShareOfNewFlows() {
        given().get(VIP + "/reals/10.0.0.1/status")
                .then()
                .statusCode(200)
                .header("ETag", nullValue())
                .body("state", equalTo("APPLIED"))
                .body("index", greaterThan(0))
                .body("effectiveWeight", equalTo(3))
                .body("effectiveShare.toDouble()", closeTo(75, 1));
        given().get(VIP + "/reals?include=status")
                .then()
                .header("ETag", nullValue())
                .body("items.status.effectiveWeight", equalTo(List.of(3, 1, 0)))
                .body("items[2].status.effectiveShare", equalTo(0f));
        List<Float> shares =
                given().get(VIP + "/reals?include=status").jsonPath().getList("items.status.effectiveShare");
        assertThat(shares.stream().mapToDouble(Float::doubleValue).sum()).isEqualTo(100, within(0.02));
        assertThat(given().get(VIP + "/ring").jsonPath().getList("shares.percent"))
                .isEqualTo(shares);
    }

    @Test
    void connectionsAreCountedWithTheAgeOfTheCount() {
        kernel.connect(VipId.parse("10.200.1.1-80-tcp"), Address.parse("10.0.0.1"), 1042);

        // A count that another test has asked for may be good for a while yet.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        given().get(VIP + "/reals/10.0.0.1/status").then().body("connections.count", equalTo(1042)));

        given().get(VIP + "/reals/10.0.0.2/status")
                .then()
                .body("connections.count", equalTo(0))
                .body("connections.ageSeconds.toDouble()", closeTo(5, 5.1));
        given().get("/reals/10.0.0.1?include=status").then().body("status.connections.count", equalTo(1042));
        given().get(VIP + "/reals?include=status").then().body("items[0].status.connections.count", equalTo(1042));
    }

    @Test
    void whatTheKernelRefusesIsPendingAndEveryStatusSaysWhy() {
        kernel.failEverySwitch(new PlaneException("The table of VIPs cannot be written: no space.", 28, null));
        given().contentType("application/json")
                .body("{\"weight\":9}")
                .put(VIP + "/reals/10.0.0.9")
                .then()
                .statusCode(202);

        given().get(VIP + "?include=status")
                .then()
                .header("ETag", nullValue())
                .body("status.state", equalTo("PENDING"))
                .body("status.serving", equalTo("SERVING"))
                .body("status.trouble", containsString("no space"));
        given().get(VIP + "/reals/10.0.0.9/status")
                .then()
                .body("state", equalTo("PENDING"))
                .body("trouble", containsString("no space"))
                .body("index", nullValue())
                .body("effectiveShare", equalTo(0f));
        given().get("/reals/10.0.0.9?include=status")
                .then()
                .header("ETag", nullValue())
                .body("status.state", equalTo("PENDING"))
                .body("status.trouble", containsString("no space"));
        given().get("/reals/10.0.0.1?include=status")
                .then()
                .body("status.state", equalTo("APPLIED"))
                .body("status.trouble", nullValue());
    }

    @Test
    void aVipOnAnAddressOfTheMachineIsWarnedAbout() {
        given().contentType("application/json")
                .body("{}")
                .put("/vips/10.255.0.1-80-tcp")
                .then()
                .statusCode(201);

        given().get("/vips/10.255.0.1-80-tcp/status")
                .then()
                .statusCode(200)
                .body("warnings", hasSize(1))
                .body("warnings[0]", containsString("ip address del 10.255.0.1/32"));
        given().get(VIP + "/status").then().body("warnings", nullValue());
    }

    @Test
    void aPrefixAroundAnAddressOfTheMachineIsWarnedAbout() {
        given().contentType("application/json")
                .body("{}")
                .put("/vips/10.255.0.0_16-80-tcp?force=true")
                .then()
                .statusCode(201);

        given().get("/vips/10.255.0.0_16-80-tcp/status")
                .then()
                .body("warnings", hasSize(1))
                .body("warnings[0]", containsString("10.255.0.1, which the prefix covers"));
    }

    @Test
    void theRingTellsEverySlotWhenAsked() {
        given().get(VIP + "/ring").then().statusCode(200).body("ring", nullValue());
        given().get(VIP + "/ring?full=true")
                .then()
                .statusCode(200)
                .body("ring", hasSize(MemoryApplication.LIMITS.ringSize()))
                .body("ring.findAll { it == '10.0.0.3' }", hasSize(0));
        given().get(VIP + "/ring?full=yes").then().statusCode(422);
    }

    @Test
    void dryRunsOfCommandsSayWhatTheyWouldDoAndDoNothing() {
        int program = given().get("/dataplane").jsonPath().getInt("programId");

        given().post("/dataplane/reload?dryRun=true")
                .then()
                .statusCode(200)
                .header("Mako-Changed", "false")
                .body("changes", hasSize(0))
                .body("baseRevision", greaterThan(0));
        given().contentType("application/json")
                .body("{\"from\":\"KERNEL\"}")
                .post("/dataplane/adopt?dryRun=true")
                .then()
                .statusCode(200)
                .header("Mako-Changed", "false")
                .body("changes", hasSize(0))
                .body("effect.vips.size()", equalTo(0));
        given().contentType("application/json")
                .body("{}")
                .post("/dataplane/adopt?dryRun=true")
                .then()
                .statusCode(422);
        given().post("/dataplane/reload?dryRun=yes").then().statusCode(422);

        given().get("/dataplane").then().body("programId", equalTo(program));
    }
}
