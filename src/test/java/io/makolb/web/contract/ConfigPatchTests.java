package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** PATCH of the whole configuration: JSON merge patch on the document of objects. */
@ContractTest
class ConfigPatchTests {

    private static final String SHOP = "10.200.1.1-80-tcp";

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void configureSomething() {
        given().contentType("application/json").body("""
                        {"interfaces": {"eth0": {"mode": "GENERIC"}},
                         "vips": {
                          "10.200.1.1-80-tcp": {"description": "shop", "labels": {"env": "prod", "team": "a"},
                            "reals": {"10.0.0.1": {"weight": 10}, "10.0.0.2": {"adminState": "DISABLED"}}},
                          "fc00:1::1-443-tcp": {"reals": {"fc00::2": {}}}}}""").put("/config").then().statusCode(200);
    }

    private static Response patch(String body) {
        return given().contentType("application/merge-patch+json").body(body).patch("/config");
    }

    private static String config() {
        return given().get("/config").asString();
    }

    @Test
    void aVipAndItsRealsAreCreatedTogether() {
        int writes = kernel.writes();

        Response answer = patch("{\"vips\":{\"10.200.1.9-80-tcp\":{\"reals\":{\"10.0.0.9\":{\"weight\":3}}}}}");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Mako-Changed")).isEqualTo("true");
        assertThat(answer.header("ETag")).isEqualTo("\"" + answer.header("Mako-Revision") + "\"");
        assertThat(answer.asString()).isEqualTo(config());
        assertThat(given().get("/vips/10.200.1.9-80-tcp/reals/10.0.0.9")
                        .jsonPath()
                        .getInt("weight"))
                .isEqualTo(3);
        // The real, the VIP with its ring, and the revision's mark: one change, one ring.
        assertThat(kernel.writes() - writes).isEqualTo(3);
    }

    /** What is left of the VIP after each patch of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | {"description":"shop","labels":{"env":"prod","team":"a"},"reals":{"10.0.0.1":{"weight":10},"10.0.0.2":{"adminState":"DISABLED"}}}
            {"description":null}                        | {"labels":{"env":"prod","team":"a"},"reals":{"10.0.0.1":{"weight":10},"10.0.0.2":{"adminState":"DISABLED"}}}
            {"labels":{"team":null,"x":"y"}}            | {"description":"shop","labels":{"env":"prod","x":"y"},"reals":{"10.0.0.1":{"weight":10},"10.0.0.2":{"adminState":"DISABLED"}}}
            {"reals":{"10.0.0.2":null}}                 | {"description":"shop","labels":{"env":"prod","team":"a"},"reals":{"10.0.0.1":{"weight":10}}}
            {"reals":{"10.0.0.2":{"adminState":null}}}  | {"description":"shop","labels":{"env":"prod","team":"a"},"reals":{"10.0.0.1":{"weight":10},"10.0.0.2":{}}}
            {"reals":{"10.0.0.1":{"adminState":"DISABLED"},"10.0.0.3":{}}} | {"description":"shop","labels":{"env":"prod","team":"a"},"reals":{"10.0.0.1":{"adminState":"DISABLED","weight":10},"10.0.0.2":{"adminState":"DISABLED"},"10.0.0.3":{}}}
            {"reals":null,"labels":null}                | {"description":"shop"}
            {"flags":["NO_LRU"],"reals":null,"labels":null,"description":null} | {"flags":["NO_LRU"]}
            """)
    void whatIsNamedChangesAndTheRestStays(String patch, String left) {
        patch("{\"vips\":{\"" + SHOP + "\":" + patch + "}}").then().statusCode(200);

        assertThat(given().get("/config").jsonPath().getMap("vips.'" + SHOP + "'"))
                .isEqualTo(io.restassured.path.json.JsonPath.from(left).getMap(""));
        assertThat(config()).contains("\"fc00:1::1-443-tcp\":{\"reals\":{\"fc00::2\":{}}}");
    }

    @Test
    void nullRemovesUnderAnySpelling() {
        patch(
                        "{\"vips\":{\"FC00:1:0::1-443-tcp\":null},\"reals\":{\"10.0.0.1\":{\"local\":null},\"10.0.0.2\":null},\"interfaces\":null}")
                .then()
                .statusCode(200);

        assertThat(config()).doesNotContain("fc00:1::1", "interfaces").contains(SHOP);
        assertThat(patch("{\"vips\":{\"10.200.1.77-80-tcp\":null}}").header("Mako-Changed"))
                .isEqualTo("false");
        patch("{\"vips\":null}").then().statusCode(200);
        assertThat(config()).isEqualTo("{}");
    }

    @Test
    void theAttachmentIsChangedOnlyByItsName() {
        patch("{\"attachment\":{\"attached\":false}}").then().statusCode(200);
        patch("{\"vips\":null}").then().statusCode(200);
        assertThat(config())
                .isEqualTo(
                        "{\"attachment\":{\"attached\":false}," + "\"interfaces\":{\"eth0\":{\"mode\":\"GENERIC\"}}}");

        patch("{\"attachment\":null}").then().statusCode(200);
        assertThat(given().get("/dataplane/attachment").jsonPath().getBoolean("attached"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"vipz":{}}                                                          | 400 | unknown-field    | /vipz
            {"vips":{"10.200.1.1-80-tcp":{"wieght":null}}}                       | 400 | unknown-field    | /vips/10.200.1.1-80-tcp/wieght
            {"vips":{"10.200.1.1-80-tcp":{"reals":{"10.0.0.1":{"wieght":null}}}}}| 400 | unknown-field    | /vips/10.200.1.1-80-tcp/reals/10.0.0.1/wieght
            {"vips":{"10.200.1.1-80-tcp":{"reals":{"10.0.0.1":{"weight":"7"}}}}} | 400 | malformed-json   | /vips/10.200.1.1-80-tcp/reals/10.0.0.1/weight
            {"vips":{"10.200.1.1-80-tcp":7}}                                     | 400 | malformed-json   | /vips/10.200.1.1-80-tcp
            {"vips":[]}                                                          | 400 | malformed-json   | /vips
            {"vips":{"10.200.1.1-80-tcp":{},"10.200.1.1-80-tcp":null}}           | 400 | duplicate-field  | /vips/10.200.1.1-80-tcp
            {"vips":{"fc00:1::1-443-tcp":{},"fc00:1:0::1-443-tcp":null}}         | 422 | duplicate-member | /vips/fc00:1:0::1-443-tcp
            {"vips":{"10.200.1.1-80-tcp":{"reals":{"10.0.0.1":{"weight":-1}}}}}  | 422 | invalid-value    | /vips/10.200.1.1-80-tcp/reals/10.0.0.1/weight
            {"vips":{"fc00:1::1-443-tcp":{"reals":{"10.0.0.1":{}}}}}             | 422 | wrong-family     | /vips/fc00:1::1-443-tcp/reals/10.0.0.1/address
            {"interfaces":{"eth0":{"gateway":{"mac":"nonsense"}}}}               | 422 | invalid-value    | /interfaces/eth0/gateway/mac
            """)
    void whatCannotBeUsedIsNamedAndChangesNothing(String patch, int status, String problem, String pointer) {
        String before = config();

        Response answer = patch(patch);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.jsonPath().getString("type")).endsWith("/" + problem);
        assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo(pointer);
        assertThat(answer.jsonPath().getString("remedy")).isNotEmpty();
        assertThat(config()).isEqualTo(before);
    }

    @Test
    void oneUnusablePartRefusesAll() {
        String before = config();

        Response answer = patch("{\"vips\":{\"10.200.1.1-80-tcp\":null,\"10.200.1.5-80-tcp\":{\"reals\":{"
                + "\"10.0.0.1\":{\"weight\":-1},\"10.0.0.2\":{\"weight\":2000000}}}}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.jsonPath().getList("errors")).hasSize(2);
        assertThat(config()).isEqualTo(before);
    }

    @Test
    void preconditionsDryRunsAndMediaTypesHoldAsEverywhere() {
        String before = config();
        String nothing = "{\"vips\":null}";

        assertThat(given().contentType("application/merge-patch+json")
                        .header("If-Match", "\"0\"")
                        .body(nothing)
                        .patch("/config")
                        .statusCode())
                .isEqualTo(412);
        assertThat(given().contentType("application/json")
                        .body(nothing)
                        .patch("/config")
                        .statusCode())
                .isEqualTo(415);
        Response plan = given().contentType("application/merge-patch+json")
                .body(nothing)
                .patch("/config?dryRun=true");
        assertThat(plan.statusCode()).isEqualTo(200);
        assertThat(plan.jsonPath().getList("changes.resource")).contains("vips/" + SHOP);
        assertThat(config()).isEqualTo(before);
    }

    @Test
    void aReloadReplacesEverythingByTheFile() {
        Response answer = given().post("/config/reload");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Mako-Changed")).isEqualTo("true");
        assertThat(config()).isEqualTo(answer.asString()).isEqualTo("{\"vips\":{\"10.200.1.1-80-tcp\":{}}}");
        assertThat(given().post("/config/reload").header("Mako-Changed")).isEqualTo("false");
    }
}
