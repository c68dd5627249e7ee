package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.BetterOnPurpose;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a request, it is refused by name, with the place and the way out, and nothing changes. */
@ContractTest
class BadInputTests {

    private static final String JSON = "application/json";
    private static final String PATCH = "application/merge-patch+json";

    @BeforeEach
    void configureSomething() {
        given().contentType(JSON).body("""
                        {"vips": {
                          "10.200.1.1-80-tcp": {"reals": {"10.0.0.1": {"weight": 10}}},
                          "fc00:1::1-80-tcp": {}}}""").put("/config").then().statusCode(200);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 10_000, textBlock = """
            # malformed identities
            PUT  | /vips/10.200.1.300-80-tcp                 | {}                                  | 422 | invalid-value      | ``               | malformed-address
            PUT  | /vips/10.200.1-80-tcp                     | {}                                  | 422 | invalid-value      | ``               | malformed-address
            PUT  | /vips/::ffff:10.0.0.1-80-tcp              | {}                                  | 422 | invalid-value      | ``               | ipv4-mapped
            PUT  | /vips/10.200.01.1-80-tcp                  | {}                                  | 422 | invalid-value      | ``               | leading-zeros
            PUT  | /vips/127.0.0.1-80-tcp                    | {}                                  | 422 | invalid-value      | ``               | loopback
            PUT  | /vips/fe80::1-80-tcp                      | {}                                  | 422 | invalid-value      | ``               | link-local
            PUT  | /vips/10.200.1.1-70000-tcp                | {}                                  | 422 | invalid-value      | /port            | out-of-range
            PUT  | /vips/10.200.1.1-80-sctp                  | {}                                  | 400 | malformed-id       | -                | -
            PUT  | /vips/10.200.1.1:80                       | {}                                  | 400 | malformed-id       | -                | -
            PUT  | /vips/10.0.0.1_8-80-tcp                   | {}                                  | 422 | host-bits          | /address         | host-bits
            PUT  | /vips/10.0.0.0_8-80-tcp                   | {}                                  | 409 | in-use             | /address         | own-address
            PUT  | /vips/10.0.0.0_33-80-tcp                  | {}                                  | 422 | invalid-value      | /prefixLength    | out-of-range
            PUT  | /vips/2001:db8::_129-80-tcp               | {}                                  | 422 | invalid-value      | /prefixLength    | out-of-range
            PUT  | /vips/2001:db8::1_64-80-tcp               | {}                                  | 422 | host-bits          | /address         | host-bits
            PUT  | /vips/10.0.0.0_-80-tcp                    | {}                                  | 400 | malformed-id       | -                | -
            PUT  | /vips/0.0.0.0_8-80-tcp                    | {}                                  | 422 | invalid-value      | ``               | unspecified
            PUT  | /vips/127.0.0.0_8-80-tcp                  | {}                                  | 422 | invalid-value      | ``               | loopback
            PUT  | /vips/ff00::_8-80-tcp                     | {}                                  | 422 | invalid-value      | ``               | multicast
            PUT  | /vips/0.0.0.0_0-80-tcp                    | {}                                  | 409 | in-use             | /address         | own-address
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0      | {}                                  | 422 | invalid-value      | ``               | malformed-address
            PUT  | /vips/10.255.0.1-0-tcp                    | {}                                  | 409 | in-use             | /address         | own-address
            # bodies
            POST | /vips                                     | {"address":"10.1.1.1","port":70000,"protocol":"tcp"} | 422 | invalid-value | /port  | out-of-range
            POST | /vips                                     | {"address":"10.1.1.01","port":7,"protocol":"tcp"} | 422 | invalid-value | /address  | leading-zeros
            POST | /vips                                     | {"address":"10.1.1.1","prefixLength":24,"port":7,"protocol":"tcp"} | 422 | host-bits | /address  | host-bits
            POST | /vips                                     | {"address":"10.1.1.0","prefixLength":33,"port":7,"protocol":"tcp"} | 422 | invalid-value | /prefixLength  | out-of-range
            POST | /vips                                     | {"address":"10.1.1.0","prefixLength":-1,"port":7,"protocol":"tcp"} | 422 | invalid-value | /prefixLength  | out-of-range
            PUT  | /vips/10.1.1.0_24-80-tcp                  | {"prefixLength":25}                 | 422 | key-mismatch       | /prefixLength    | key-mismatch
            POST | /vips                                     | {"address":"10.1.1.1","port":7}     | 422 | invalid-value      | /protocol        | missing
            POST | /vips                                     | {"address":"10.1.1.1","port":"7","protocol":"tcp"} | 400 | malformed-json | /port   | wrong-type
            POST | /vips                                     | {"address":"10.1.1.1","port":80.0,"protocol":"tcp"} | 400 | malformed-json | /port   | wrong-type
            POST | /vips                                     | {"address":"10.1.1.1","port":7,"protocol":"sctp"} | 422 | invalid-value | /protocol | unknown-name
            POST | /vips                                     | {"address":"10.200.1.1","port":80,"protocol":"tcp"} | 409 | already-exists | - | -
            PUT  | /vips/10.200.1.1-80-tcp                   | {"flags":["NO_SPORT","NO_SPROT"]}   | 422 | invalid-value      | /flags/1         | unknown-name
            PUT  | /vips/10.200.1.1-80-tcp                   | {"flags":["NO_LRU","NO_LRU"]}       | 422 | duplicate-member   | /flags/1         | duplicate
            PUT  | /vips/10.200.1.1-80-tcp                   | {"flag":[]}                         | 400 | unknown-field      | /flag            | unknown-field
            PUT  | /vips/10.200.1.1-80-tcp                   | {"reals":[]}                        | 400 | unknown-field      | /reals           | unknown-field
            PUT  | /vips/10.200.1.1-80-tcp                   | {"onEmpty":"DROP","onEmpty":"KEEP"} | 400 | duplicate-field    | /onEmpty         | duplicate-field
            PUT  | /vips/10.200.1.1-80-tcp                   | {"port":81}                         | 422 | key-mismatch       | /port            | key-mismatch
            PUT  | /vips/10.200.1.1-80-tcp                   | {"address":"10.200.1.2"}            | 422 | key-mismatch       | /address         | key-mismatch
            PUT  | /vips/10.200.1.1-80-tcp                   | {"labels":{"":"x"}}                 | 422 | invalid-value      | /labels/         | name-length
            PUT  | /vips/10.200.1.1-80-tcp                   | {"labels":{"a":null}}               | 400 | malformed-json     | /labels/a        | wrong-type
            PUT  | /vips/10.200.1.1-80-tcp                   | []                                  | 400 | malformed-json     | ``               | wrong-type
            PUT  | /vips/10.200.1.1-80-tcp                   | {                                   | 400 | malformed-json     | ``               | syntax
            PUT  | /vips/10.200.1.1-80-tcp                   | {} {}                               | 400 | malformed-json     | ``               | trailing-data
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0.1    | {"weight":1.9}                      | 400 | malformed-json     | /weight          | wrong-type
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0.1    | {"weight":"7"}                      | 400 | malformed-json     | /weight          | wrong-type
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0.1    | {"weight":-1}                       | 422 | invalid-value      | /weight          | out-of-range
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0.1    | {"weight":1000001}                  | 422 | invalid-value      | /weight          | out-of-range
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0.1    | {"weight":99999999999}              | 422 | invalid-value      | /weight          | out-of-range
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.0.0.1    | {"address":"10.0.0.2"}              | 422 | key-mismatch       | /address         | key-mismatch
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.200.1.1  | {}                                  | 422 | invalid-value      | /address         | real-is-vip
            PUT  | /vips/10.200.1.1-80-tcp/reals/10.255.0.1  | {}                                  | 422 | invalid-value      | /address         | own-address
            PUT  | /vips/fc00:1::1-80-tcp/reals/10.0.0.1     | {}                                  | 422 | wrong-family       | /address         | wrong-family
            PUT  | /vips/10.200.1.1-80-tcp/reals             | {"items":[{"address":"10.0.0.1"},{"address":"10.0.0.1"}]} | 422 | duplicate-member | /items/1/address | duplicate
            PUT  | /vips/10.200.1.1-80-tcp/reals             | {"items":[{"weight":1}]}            | 422 | invalid-value      | /items/0/address | missing
            PUT  | /vips/10.200.1.1-80-tcp/reals             | {"items":[{"address":"10.0.0.1","wait":1}]} | 400 | unknown-field | /items/0/wait | unknown-field
            PUT  | /vips/10.200.1.1-80-tcp/reals             | {}                                  | 422 | invalid-value      | /items           | missing
            PUT  | /vips/10.200.1.1-80-tcp/reals             | {"items":[],"next":"MTAuMC4wLjE"}   | 422 | partial-collection | /next            | partial
            PUT  | /vips/10.200.1.1-80-tcp/reals             | {"items":[],"partial":true}         | 422 | partial-collection | /partial         | partial
            PUT  | /vips/fc00:1::1-80-tcp/reals              | {"items":[{"address":"fc00::2"},{"address":"10.0.0.1"}]} | 422 | wrong-family | /items/1/address | wrong-family
            POST | /vips/10.200.1.1-80-tcp/reals/edits       | {"upsert":{"10.0.0.9":{"weight":-5}}} | 422 | invalid-value    | /upsert/10.0.0.9/weight | out-of-range
            POST | /vips/10.200.1.1-80-tcp/reals/edits       | {"upsert":{"10.0.0.9":{}},"remove":["10.0.0.9"]} | 422 | duplicate-member | /remove/0 | duplicate
            POST | /vips/fc00:1::1-80-tcp/reals/edits        | {"upsert":{"fc00::9":{},"fc00:0::9":{}}} | 422 | duplicate-member | /upsert/fc00:0::9 | duplicate
            PUT  | /reals/10.0.0.1                           | {"local":1}                         | 400 | malformed-json     | /local           | wrong-type
            PUT  | /dataplane/gateway                        | {"mac":"02:00:00"}                  | 422 | invalid-value      | /mac             | malformed-mac
            PUT  | /dataplane/interfaces/eth0                | {"gateway":{"mac":"ff:ff:ff:ff:ff:ff"}} | 422 | invalid-value  | /gateway/mac     | not-a-host-mac
            PUT  | /dataplane/interfaces/eth0                | {"mode":"FAST"}                     | 422 | invalid-value      | /mode            | unknown-name
            POST | /dataplane/adopt                          | {}                                  | 422 | invalid-value      | /from            | missing
            PUT  | /config                                   | {"vip":{}}                          | 400 | unknown-field      | /vip             | unknown-field
            PUT  | /config                                   | {"vips":{"10.1.1.1-80":{}}}         | 400 | malformed-id       | -                | -
            PUT  | /config                                   | {"vips":{"fc00::1-80-tcp":{},"fc00:0::1-80-tcp":{}}} | 422 | duplicate-member | /vips/fc00:0::1-80-tcp | duplicate
            PUT  | /config                                   | {"vips":{"fc00::1-80-tcp":{"reals":{"10.0.0.1":{}}}}} | 422 | wrong-family | /vips/fc00::1-80-tcp/reals/10.0.0.1/address | wrong-family
            # resources that are not there
            PUT  | /vips/10.9.9.9-80-tcp/reals/10.0.0.1      | {}                                  | 404 | not-found          | -                | -
            PUT  | /vips/10.9.9.9-80-tcp/reals               | {"items":[]}                        | 404 | not-found          | -                | -
            PUT  | /dataplane/interfaces/eth9                | {}                                  | 404 | not-found          | -                | -
            PUT  | /reals/10.9.9.9                           | {}                                  | 404 | not-found          | -                | -
            PUT  | /vip/10.200.1.1-80-tcp                    | {}                                  | 404 | not-found          | -                | -
            # queries
            PUT  | /vips/10.200.1.9-80-tcp?dryrun=true       | {}                                  | 400 | unknown-parameter  | -                | -
            PUT  | /vips/10.200.1.9-80-tcp?dry%52un=true&x=1 | {}                                  | 400 | unknown-parameter  | -                | -
            PUT  | /vips/10.200.1.9-80-tcp?dryRun=true&dryRun=true | {}                            | 400 | unknown-parameter  | -                | -
            PUT  | /vips/10.200.1.9-80-tcp?dryRun=1          | {}                                  | 422 | invalid-value      | -                | -
            PUT  | /vips/10.200.1.9-80-tcp?dryRun            | {}                                  | 422 | invalid-value      | -                | -
            """)
    @BetterOnPurpose("an IPv6 VIP accepts IPv4 reals and emits garbage")
    void isRefusedAndChangesNothing(
            String method, String path, String body, int status, String problem, String pointer, String code) {
        String before = given().get("/config").asString();
        String tag = given().get("/config").header("ETag");

        Response answer = given().contentType(JSON).body(body).request(method, path);

        assertProblem(answer, status, problem);
        if (pointer == null || !pointer.equals("-")) {
            assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo(pointer == null ? "" : pointer);
            assertThat(answer.jsonPath().getString("errors[0].code")).isEqualTo(code);
            assertThat(answer.jsonPath().getString("errors[0].message")).isNotBlank();
        }
        assertThat(given().get("/config").asString()).isEqualTo(before);
        assertThat(given().get("/config").header("ETag")).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"weight":1.5}    | 400 | malformed-json | /weight | wrong-type
            {"wieght":1}      | 400 | unknown-field  | /wieght | unknown-field
            {"wieght":null}   | 400 | unknown-field  | /wieght | unknown-field
            {"weight":-1}     | 422 | invalid-value  | /weight | out-of-range
            {"adminState":"OFF"} | 422 | invalid-value | /adminState | unknown-name
            {"address":"10.0.0.2"} | 422 | key-mismatch | /address | key-mismatch
            [{"op":"remove"}] | 400 | malformed-json | ``      | wrong-type
            """)
    void aBadPatchIsRefusedLikeABadBody(String body, int status, String problem, String pointer, String code) {
        Response answer = given().contentType(PATCH).body(body).patch("/vips/10.200.1.1-80-tcp/reals/10.0.0.1");

        assertProblem(answer, status, problem);
        assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo(pointer == null ? "" : pointer);
        assertThat(answer.jsonPath().getString("errors[0].code")).isEqualTo(code);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Response answer = given().contentType(JSON)
                .body("{\"items\":[{\"address\":\"10.0.0.300\"},{\"address\":\"10.0.0.1\",\"weight\":-1},{}]}")
                .put("/vips/10.200.1.1-80-tcp/reals");

        assertProblem(answer, 422, "invalid-value");
        assertThat(answer.jsonPath().getList("errors.pointer"))
                .isEqualTo(List.of("/items/0/address", "/items/1/weight", "/items/2/address"));
    }

    @Test
    void aRemedyNamesTheRightSpelling() {
        assertThat(given().contentType(JSON)
                        .body("{}")
                        .put("/vips/10.200.01.1-80-tcp")
                        .jsonPath()
                        .getString("remedy"))
                .isEqualTo("Write 10.200.1.1, if that is what is meant.");
        assertThat(given().contentType(JSON)
                        .body("{}")
                        .put("/vips/10.200.1.9-80-tcp?dryrun=true")
                        .jsonPath()
                        .getString("remedy"))
                .isEqualTo("Did you mean 'dryRun'?");
    }

    @Test
    void aWrongContentTypeIsRefused() {
        assertProblem(
                given().contentType("text/plain").body("{}").put("/vips/10.200.1.9-80-tcp"),
                415,
                "unsupported-media-type");
        assertProblem(
                given().contentType(JSON).body("{}").patch("/vips/10.200.1.1-80-tcp"), 415, "unsupported-media-type");
        assertProblem(
                given().body(new byte[] {'{', '}'}).put("/vips/10.200.1.9-80-tcp"), 415, "unsupported-media-type");
        given().get("/vips/10.200.1.9-80-tcp").then().statusCode(404);
    }

    @Test
    void aBodyAboveTheLimitIsRefusedWhetherItsLengthIsAnnouncedOrNot() throws Exception {
        String large = " ".repeat(2 << 20) + "{}";
        assertProblem(given().contentType(JSON).body(large).put("/vips/10.200.1.9-80-tcp"), 413, "body-too-large");
        HttpRequest chunked = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/vips/10.200.1.9-80-tcp"))
                .header("Content-Type", JSON)
                .PUT(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(chunked, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("problem/body-too-large");
        given().contentType(JSON).body(large).put("/config?dryRun=true").then().statusCode(200);
    }

    @Test
    void theLastVipIsFollowedByARefusalThatSaysWhatIsLeft() {
        StringBuilder vips = new StringBuilder("\"10.200.1.1-80-tcp\":{},\"fc00:1::1-80-tcp\":{}");
        for (int i = 2; i < MemoryApplication.LIMITS.maxVips(); i++) {
            vips.append(",\"10.201." + i / 250 + "." + (i % 250 + 1) + "-80-tcp\":{}");
        }
        given().contentType(JSON)
                .body("{\"vips\":{" + vips + "}}")
                .put("/config")
                .then()
                .statusCode(200);

        Response answer = given().contentType(JSON).body("{}").put("/vips/10.202.0.1-80-tcp");

        assertProblem(answer, 507, "capacity");
        assertThat(answer.jsonPath().getString("detail")).contains("512 are used and 0 are left");
        assertThat(answer.jsonPath().getString("remedy")).contains("mako.dataplane.max-vips");
    }

    private static void assertProblem(Response answer, int status, String problem) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.jsonPath().getString("type")).isEqualTo("tag:makolb.io,2026:problem/" + problem);
        assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(answer.jsonPath().getString("title")).isNotBlank();
        assertThat(answer.jsonPath().getString("detail")).isNotBlank();
        assertThat(answer.jsonPath().getString("remedy")).isNotBlank();
    }
}
