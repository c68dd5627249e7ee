package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ContractTest
class VipTests {

    private static final String VIP = "/vips/10.200.1.1-80-tcp";

    @Test
    void aPutCreatesReplacesAndRecognisesWhatIsThere() {
        given().contentType("application/json")
                .body("{\"flags\":[\"NO_SPORT\",\"NO_LRU\"]}")
                .put(VIP)
                .then()
                .statusCode(201)
                .header("Location", "/api/v1" + VIP)
                .header("ETag", matchesPattern("\"[0-9]+\""))
                .header("Mako-Changed", "true")
                .header("Mako-Revision", notNullValue())
                .body("id", equalTo("10.200.1.1-80-tcp"))
                .body("address", equalTo("10.200.1.1"))
                .body("port", equalTo(80))
                .body("protocol", equalTo("tcp"))
                .body("flags", contains("NO_LRU", "NO_SPORT"))
                .body("hashFunction", equalTo("MAGLEV_V2"))
                .body("onEmpty", equalTo("DROP"));
        given().contentType("application/json")
                .body("{\"description\":\"shop\"}")
                .put(VIP)
                .then()
                .statusCode(200)
                .header("Mako-Changed", "true")
                .body("flags", equalTo(List.of()))
                .body("description", equalTo("shop"));
        given().contentType("application/json")
                .body("{\"description\":\"shop\"}")
                .put(VIP)
                .then()
                .statusCode(200)
                .header("Mako-Changed", "false");
    }

    @Test
    void aPostCreatesOnce() {
        String body = "{\"address\":\"FC00:1::0:1\",\"port\":443,\"protocol\":\"udp\"}";
        given().contentType("application/json")
                .body(body)
                .post("/vips")
                .then()
                .statusCode(201)
                .header("Location", "/api/v1/vips/fc00:1::1-443-udp");
        given().contentType("application/json")
                .body(body)
                .post("/vips")
                .then()
                .statusCode(409)
                .body("type", equalTo("tag:makolb.io,2026:problem/already-exists"));
    }

    @Test
    void aPatchChangesWhatItNamesAndNullReturnsToTheDefault() {
        given().contentType("application/json")
                .body("{\"description\":\"shop\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"onEmpty\":\"PASS\"}")
                .put(VIP);
        given().contentType("application/merge-patch+json")
                .body("{\"labels\":{\"a\":null,\"c\":\"3\"},\"onEmpty\":null}")
                .patch(VIP)
                .then()
                .statusCode(200)
                .header("Mako-Changed", "true")
                .body("description", equalTo("shop"))
                .body("onEmpty", equalTo("DROP"))
                .body("labels", equalTo(Map.of("b", "2", "c", "3")));
    }

    @Test
    void aDeletedVipIsGone() {
        given().contentType("application/json").body("{}").put(VIP);
        when().delete(VIP).then().statusCode(204).header("Mako-Changed", "true");
        when().delete(VIP).then().statusCode(404).body("detail", equalTo("There is no VIP 10.200.1.1-80-tcp."));
        when().get(VIP).then().statusCode(404);
    }

    @Test
    void anotherSpellingIsServedWithTheCanonicalOne() {
        given().contentType("application/json").body("{}").put("/vips/FC00:1:0:0::1-443-TCP");
        when().get("/vips/FC00:1:0:0::1-443-TCP")
                .then()
                .statusCode(200)
                .header("Content-Location", "/api/v1/vips/fc00:1::1-443-tcp")
                .body("id", equalTo("fc00:1::1-443-tcp"));
        when().get("/vips/fc00:1::1-443-tcp").then().statusCode(200).header("Content-Location", nullValue());
    }

    @Test
    void statusStandsApartFromConfiguration() {
        given().contentType("application/json").body("{}").put(VIP);
        when().get(VIP).then().statusCode(200).header("ETag", notNullValue()).body("status", nullValue());
        when().get(VIP + "?include=status")
                .then()
                .statusCode(200)
                .header("ETag", nullValue())
                .body("status.state", equalTo("APPLIED"))
                .body("status.serving", equalTo("EMPTY"));
        when().get(VIP + "/status").then().statusCode(200).body("state", equalTo("APPLIED"));
    }

    @Test
    void theRingTellsEachRealsShare() {
        given().contentType("application/json").body("{}").put(VIP);
        when().get(VIP + "/ring").then().statusCode(404);
        given().contentType("application/json")
                .body("{\"items\":[{\"address\":\"10.0.0.1\",\"weight\":3},{\"address\":\"10.0.0.2\"},"
                        + "{\"address\":\"10.0.0.3\",\"weight\":0}]}")
                .put(VIP + "/reals");

        when().get(VIP + "/ring")
                .then()
                .statusCode(200)
                .body("hashFunction", equalTo("MAGLEV_V2"))
                .body("slots", equalTo(4099))
                .body("digest", matchesPattern("[0-9a-f]{64}"))
                .body("shares.address", contains("10.0.0.1", "10.0.0.2", "10.0.0.3"))
                .body("shares.percent", contains(74.99f, 25.01f, 0.0f))
                .body("shares.slots.sum()", equalTo(4099))
                .body("ring", nullValue());
        when().get(VIP + "/ring?full=true").then().statusCode(200).body("ring.size()", equalTo(4099));
        when().get(VIP + "/ring?full=yes").then().statusCode(422);
    }

    @Test
    void theDigestOfARingIsThatOfItsAddresses() throws NoSuchAlgorithmException {
        given().contentType("application/json").body("{}").put(VIP);
        given().contentType("application/json")
                .body("{\"items\":[{\"address\":\"10.0.0.1\",\"weight\":3},{\"address\":\"10.0.0.2\"}]}")
                .put(VIP + "/reals");

        JsonPath ring = when().get(VIP + "/ring?full=true").jsonPath();

        String lines = String.join("\n", ring.getList("ring", String.class)) + "\n";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.US_ASCII));
        assertThat(ring.getString("digest")).isEqualTo(HexFormat.of().formatHex(digest));
    }
}
