package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a GET answered can be put back, and nothing happens. */
@ContractTest
class RoundTripTests {

    private static final String JSON = "application/json";

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void configureSomething() {
        given().contentType(JSON).body("""
                        {"attachment": {"attached": false},
                         "interfaces": {"eth0": {"gateway": {"mac": "02:00:00:00:00:01"}, "mode": "GENERIC"}},
                         "vips": {
                          "10.200.1.10-80-tcp": {"labels": {"env": "prod"}, "description": "shop",
                            "reals": {"10.0.0.1": {"weight": 10}, "10.0.0.2": {"adminState": "DISABLED"}}},
                          "10.200.1.2-0-udp": {"flags": ["NO_SPORT", "NO_LRU"], "hashFunction": "MAGLEV", "onEmpty": "PASS",
                            "reals": {"10.0.0.1": {}}},
                          "fc00:1::1-443-tcp": {"reals": {"fc00::2": {"weight": 0}}}}}""").put("/config").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vips/10.200.1.10-80-tcp",
                "/vips/10.200.1.2-0-udp",
                "/vips/10.200.1.10-80-tcp/reals",
                "/vips/10.200.1.10-80-tcp/reals?limit=10",
                "/vips/10.200.1.10-80-tcp/reals/10.0.0.2",
                "/vips/fc00:1::1-443-tcp/reals/fc00::2",
                "/reals/10.0.0.1",
                "/dataplane/interfaces/eth0",
                "/dataplane/gateway",
                "/dataplane/attachment",
                "/config",
                "/vips/10.200.1.10-80-tcp?include=status",
                "/vips/10.200.1.10-80-tcp/reals?include=status",
                "/vips/10.200.1.10-80-tcp/reals/10.0.0.2?include=status",
                "/reals/10.0.0.1?include=status",
                "/dataplane/interfaces/eth0?include=status"
            })
    void anAnswerPutBackChangesNothing(String resource) {
        String path = resource.contains("?") ? resource.substring(0, resource.indexOf('?')) : resource;
        String document = given().get(resource).then().statusCode(200).extract().asString();
        String tag = given().get(path).header("ETag");
        int writes = kernel.writes();

        Response answer = given().contentType(JSON).body(document).put(path);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Mako-Changed")).isEqualTo("false");
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(kernel.writes()).isEqualTo(writes);
    }

    @Test
    void theConfigurationIsSortedAndLeavesDefaultsOut() {
        assertThat(given().get("/config").asString())
                .isEqualTo("{\"attachment\":{\"attached\":false},"
                        + "\"interfaces\":{\"eth0\":{\"gateway\":{\"mac\":\"02:00:00:00:00:01\"},\"mode\":\"GENERIC\"}},"
                        + "\"vips\":{"
                        + "\"10.200.1.10-80-tcp\":{\"description\":\"shop\",\"labels\":{\"env\":\"prod\"},\"reals\":{"
                        + "\"10.0.0.1\":{\"weight\":10},\"10.0.0.2\":{\"adminState\":\"DISABLED\"}}},"
                        + "\"10.200.1.2-0-udp\":{\"flags\":[\"NO_LRU\",\"NO_SPORT\"],\"hashFunction\":\"MAGLEV\","
                        + "\"onEmpty\":\"PASS\",\"reals\":{\"10.0.0.1\":{}}},"
                        + "\"fc00:1::1-443-tcp\":{\"reals\":{\"fc00::2\":{\"weight\":0}}}}}");
    }

    @Test
    void aPageOfSeveralCannotBePutBack() {
        String first = given().get("/vips/10.200.1.10-80-tcp/reals?limit=1").asString();
        String next =
                given().get("/vips/10.200.1.10-80-tcp/reals?limit=1").jsonPath().getString("next");
        String second = given().get("/vips/10.200.1.10-80-tcp/reals?limit=1&cursor=" + next)
                .asString();

        for (String page : new String[] {first, second}) {
            Response answer = given().contentType(JSON).body(page).put("/vips/10.200.1.10-80-tcp/reals");
            assertThat(answer.statusCode()).as(page).isEqualTo(422);
            assertThat(answer.jsonPath().getString("type")).endsWith("/partial-collection");
        }
    }

    @Test
    void pagesPutTogetherAreTheWholeList() {
        String first = given().get("/vips?limit=2").jsonPath().getString("items.id");
        String next = given().get("/vips?limit=2").jsonPath().getString("next");
        Response second = given().get("/vips?limit=2&cursor=" + next);

        assertThat(first).isEqualTo("[10.200.1.2-0-udp, 10.200.1.10-80-tcp]");
        assertThat(second.jsonPath().getString("items.id")).isEqualTo("[fc00:1::1-443-tcp]");
        assertThat(second.jsonPath().getString("next")).isNull();
        assertThat(second.header("ETag")).isNull();
    }
}
