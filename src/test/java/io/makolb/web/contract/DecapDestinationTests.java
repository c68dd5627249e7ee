package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

@ContractTest
class DecapDestinationTests {

    private static final String JSON = "application/json";

    @Test
    void aDestinationComesChangesAndGoes() {
        put("2001:DB8::0:5", "{}")
                .then()
                .statusCode(201)
                .body("id", equalTo("2001:db8::5"))
                .body("mode", equalTo("INLINE"));
        put("2001:db8::5", "{\"mode\":\"EGRESS\"}").then().statusCode(200).header("Mako-Changed", "true");
        put("2001:db8::5", "{\"mode\":\"EGRESS\"}").then().statusCode(200).header("Mako-Changed", "false");
        given().get("/decap-destinations").then().body("items", hasSize(1)).body("items[0].mode", equalTo("EGRESS"));
        given().get("/config").then().body("decapDestinations.'2001:db8::5'.mode", equalTo("EGRESS"));
        given().delete("/decap-destinations/2001:db8::5").then().statusCode(204);
        given().get("/decap-destinations/2001:db8::5")
                .then()
                .statusCode(404)
                .body("remedy", containsString("PUT /api/v1/decap-destinations/2001:db8::5"));
    }

    @Test
    void theDocumentOfTheConfigurationHoldsThem() {
        given().contentType("application/merge-patch+json")
                .body("{\"decapDestinations\":{\"10.0.0.5\":{},\"10.0.0.6\":{\"mode\":\"EGRESS\"}}}")
                .patch("/config")
                .then()
                .statusCode(200)
                .body("decapDestinations.'10.0.0.5'.mode", nullValue())
                .body("decapDestinations.'10.0.0.6'.mode", equalTo("EGRESS"));
        given().contentType("application/merge-patch+json")
                .body("{\"decapDestinations\":{\"10.0.0.5\":null}}")
                .patch("/config")
                .then()
                .statusCode(200);
        given().get("/decap-destinations").then().body("items", hasSize(1));
    }

    @Test
    void theSeventhIsRefusedByTheNameOfItsProperty() {
        for (int i = 1; i <= 6; i++) {
            put("10.0.1." + i, "{}").then().statusCode(201);
        }
        put("10.0.1.7", "{}")
                .then()
                .statusCode(507)
                .body("type", equalTo("tag:makolb.io,2026:problem/capacity"))
                .body("remedy", containsString("mako.dataplane.max-decap-destinations"));
        given().delete("/decap-destinations/10.0.1.1").then().statusCode(204);
        put("10.0.1.7", "{}").then().statusCode(201);
    }

    @Test
    void aBodyOfAnotherAddressIsRefused() {
        put("10.0.0.5", "{\"address\":\"10.0.0.6\"}")
                .then()
                .statusCode(422)
                .body("type", equalTo("tag:makolb.io,2026:problem/key-mismatch"));
    }

    private static io.restassured.response.Response put(String address, String body) {
        return given().contentType(JSON).body(body).put("/decap-destinations/" + address);
    }
}
