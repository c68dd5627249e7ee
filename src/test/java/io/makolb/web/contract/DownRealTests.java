package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.VipImage;
import io.restassured.response.Response;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Reals that UDP flows of a VIP leave. */
@ContractTest
class DownRealTests {

    private static final String JSON = "application/json";
    private static final String PATCH = "application/merge-patch+json";
    private static final VipId DNS = VipId.parse("10.200.1.1-53-udp");
    private static final String VIP = "/vips/" + DNS;
    private static final String DOWN = VIP + "/down-reals";

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void configure() {
        given().contentType(JSON)
                .body("{\"vips\":{\"10.200.1.1-53-udp\":{\"flags\":[\"UDP_FLOW_MIGRATION\"],"
                        + "\"reals\":{\"10.0.0.1\":{},\"10.0.0.2\":{}}}}}")
                .put("/config")
                .then()
                .statusCode(200);
    }

    private Set<Address> inForce() {
        VipImage image = Objects.requireNonNull(kernel.image().vips().get(DNS));
        return image.downReals();
    }

    private static Response put(String address, String body) {
        return given().contentType(JSON).body(body).put(DOWN + "/" + address);
    }

    private static String tag(String path) {
        return given().get(path).then().statusCode(200).extract().header("ETag");
    }

    @Test
    void aDisabledRealIsDownWithTheAnswerAndEnabledUpAgain() {
        String before = tag(DOWN);
        given().contentType(PATCH)
                .body("{\"adminState\":\"DISABLED\"}")
                .patch(VIP + "/reals/10.0.0.2")
                .then()
                .statusCode(200);

        assertThat(inForce()).containsExactly(Address.parse("10.0.0.2"));
        assertThat(tag(DOWN)).isNotEqualTo(before);
        given().get(DOWN + "/10.0.0.2").then().statusCode(200).body("source", equalTo("ADMIN_STATE"));
        given().get("/config").then().body("vips.'10.200.1.1-53-udp'", not(hasKey("downReals")));
        given().delete(DOWN + "/10.0.0.2")
                .then()
                .statusCode(409)
                .body("type", equalTo("tag:makolb.io,2026:problem/in-use"))
                .body("remedy", containsString("PATCH /api/v1/vips/10.200.1.1-53-udp/reals/10.0.0.2"));

        given().contentType(PATCH)
                .body("{\"adminState\":\"ENABLED\"}")
                .patch(VIP + "/reals/10.0.0.2")
                .then()
                .statusCode(200);
        assertThat(inForce()).isEmpty();
        given().get(DOWN + "/10.0.0.2").then().statusCode(404);
    }

    @Test
    void aRealIsDownWhenSomebodySaysSoEvenOneOfNoVip() {
        put("10.0.0.9", "{}")
                .then()
                .statusCode(201)
                .body("id", equalTo("10.0.0.9"))
                .body("source", equalTo("API"));
        put("10.0.0.9", "{}").then().statusCode(200).header("Mako-Changed", "false");
        String first = tag(DOWN + "/10.0.0.9");
        put("10.0.0.1", "{\"address\":\"10.0.0.1\"}").then().statusCode(201);

        assertThat(tag(DOWN + "/10.0.0.9")).isEqualTo(first);
        given().header("If-Match", first)
                .contentType(JSON)
                .body("{\"items\":[]}")
                .put(DOWN)
                .then()
                .statusCode(412);
        given().get(DOWN).then().body("items.id", contains("10.0.0.1", "10.0.0.9"));
        given().get("/config")
                .then()
                .body("vips.'10.200.1.1-53-udp'.downReals", hasKey("10.0.0.1"))
                .body("vips.'10.200.1.1-53-udp'.downReals", hasKey("10.0.0.9"));
        assertThat(inForce()).hasSize(2);

        given().delete(DOWN + "/10.0.0.9").then().statusCode(204);
        given().delete(DOWN + "/10.0.0.9").then().statusCode(404);
        given().get(VIP + "/status").then().body("state", equalTo("APPLIED"));
        assertThat(inForce()).containsExactly(Address.parse("10.0.0.1"));
    }

    @Test
    void theSetIsReplacedInOneStep() {
        put("10.0.0.1", "{}").then().statusCode(201);
        given().contentType(JSON)
                .body("{\"items\":[{\"address\":\"10.0.0.2\"},{\"address\":\"10.0.0.7\"}]}")
                .put(DOWN)
                .then()
                .statusCode(200)
                .body("items.id", contains("10.0.0.2", "10.0.0.7"));
        given().contentType(JSON)
                .body("{\"items\":[{\"address\":\"10.0.0.2\"},{\"address\":\"10.0.0.2\"}]}")
                .put(DOWN)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/items/1/address"));
        given().contentType(JSON)
                .body("{\"items\":[],\"next\":\"x\"}")
                .put(DOWN)
                .then()
                .statusCode(422)
                .body("type", equalTo("tag:makolb.io,2026:problem/partial-collection"));
        given().contentType(JSON).body("{\"items\":[]}").put(DOWN).then().body("items", empty());
        assertThat(inForce()).isEmpty();
    }

    @Test
    void aPatchOfTheConfigurationNamesWhatComesAndGoes() {
        given().contentType(PATCH)
                .body("{\"vips\":{\"10.200.1.1-53-udp\":{\"downReals\":{\"10.0.0.1\":{},\"10.0.0.2\":{}}}}}")
                .patch("/config")
                .then()
                .statusCode(200);
        given().contentType(PATCH)
                .body(
                        "{\"vips\":{\"10.200.1.1-53-udp\":{\"description\":\"names\",\"downReals\":{\"10.0.0.1\":null}}}}")
                .patch("/config")
                .then()
                .statusCode(200);

        given().get(DOWN).then().body("items.id", contains("10.0.0.2"));
        assertThat(inForce()).containsExactly(Address.parse("10.0.0.2"));
    }

    @Test
    void whatCannotBeDownIsRefusedWithTheReason() {
        given().contentType(JSON)
                .body("{}")
                .put("/vips/10.200.1.1-54-udp")
                .then()
                .statusCode(201);
        given().contentType(JSON)
                .body("{}")
                .put("/vips/10.200.1.1-54-udp/down-reals/10.0.0.1")
                .then()
                .statusCode(422)
                .body("type", equalTo("tag:makolb.io,2026:problem/invalid-value"))
                .body("detail", containsString("lacks the flag UDP_FLOW_MIGRATION"))
                .body("remedy", containsString("PATCH /api/v1/vips/10.200.1.1-54-udp"));
        given().contentType(JSON)
                .body("{}")
                .put("/vips/10.200.9.9-53-udp/down-reals/10.0.0.1")
                .then()
                .statusCode(404)
                .body("detail", containsString("no VIP 10.200.9.9-53-udp"));
        put("fc00::1", "{\"address\":\"fc00::2\"}")
                .then()
                .statusCode(422)
                .body("type", equalTo("tag:makolb.io,2026:problem/key-mismatch"));
        put("10.200.1.1", "{}").then().statusCode(422).body("errors[0].code", equalTo("real-is-vip"));
        put("10.0.0.1", "{}").then().statusCode(201);
        given().contentType(PATCH)
                .body("{\"flags\":[]}")
                .patch(VIP)
                .then()
                .statusCode(409)
                .body("type", equalTo("tag:makolb.io,2026:problem/in-use"))
                .body("remedy", containsString("/down-reals"));
        given().contentType(PATCH)
                .body("{\"vips\":{\"10.200.1.1-53-udp\":{\"flags\":[]}}}")
                .patch("/config")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/vips/10.200.1.1-53-udp/downReals"));
    }

    @Test
    void theHistoryKnowsWhatWasDown() {
        String revision = put("10.0.0.1", "{}").then().extract().header("Mako-Revision");
        String down = given().get("/config").asString();
        given().delete(DOWN + "/10.0.0.1").then().statusCode(204);

        given().get("/revisions/" + revision)
                .then()
                .statusCode(200)
                .body("diff[0].resource", equalTo("vips/10.200.1.1-53-udp/down-reals/10.0.0.1"));
        String past = given().get("/revisions/" + revision).jsonPath().getString("config.vips");
        assertThat(past).contains("downReals");
        given().contentType(JSON).body(down).put("/config").then().statusCode(200);
        given().get(DOWN).then().body("items.id", contains("10.0.0.1"));
    }
}
