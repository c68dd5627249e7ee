package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What entity tags cover and outlive, and preconditions that are none; {@link WriteTableTests} tries them on every write. */
@ContractTest
class PreconditionTests {

    private static final String JSON = "application/json";

    private static final String VIP = "/vips/10.200.1.1-80-tcp";

    @BeforeEach
    void configureSomething() {
        given().contentType(JSON)
                .body("{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{\"weight\":10}}}}}")
                .put("/config")
                .then()
                .statusCode(200);
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
