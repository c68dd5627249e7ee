package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.BetterOnPurpose;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every spelling of an identity: served under its canonical one, or refused with the right one. */
@ContractTest
class IdentityTests {

    private static final String JSON = "application/json";

    @BeforeEach
    void configure() {
        given().contentType(JSON)
                .body("{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{}}},"
                        + "\"fc00:1::1-443-udp\":{\"reals\":{\"fc00::a:b\":{}}}}}")
                .put("/config")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /vips/10.200.1.1-80-TCP                        | /vips/10.200.1.1-80-tcp
            /vips/10.200.1.1-080-tcp                       | /vips/10.200.1.1-80-tcp
            /vips/10.200.1.1_32-80-tcp                     | /vips/10.200.1.1-80-tcp
            /vips/FC00:1::1-443-Udp                        | /vips/fc00:1::1-443-udp
            /vips/fc00:0001:0:0:0:0:0:1-443-udp            | /vips/fc00:1::1-443-udp
            /vips/fc00:1::0.0.0.1-443-udp                  | /vips/fc00:1::1-443-udp
            /vips/fc00:1::1_128-443-udp                    | /vips/fc00:1::1-443-udp
            /vips/FC00:1::1-443-udp/status                 | /vips/fc00:1::1-443-udp/status
            /vips/FC00:1::1-443-udp/reals                  | /vips/fc00:1::1-443-udp/reals
            /vips/FC00:1::1-443-udp/reals/FC00:0::A:B      | /vips/fc00:1::1-443-udp/reals/fc00::a:b
            /reals/FC00:0:0::A:B                           | /reals/fc00::a:b
            /reals/FC00::A:B/stats                         | /reals/fc00::a:b/stats
            """)
    @BetterOnPurpose("addresses are compared as text")
    void anotherSpellingIsServedUnderTheCanonicalOne(String spelling, String canonical) {
        Response answer = given().get(spelling);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Content-Location")).isEqualTo("/api/v1" + canonical);
        Response direct = given().get(canonical);
        assertThat(direct.header("Content-Location")).isNull();
        assertThat(answer.header("ETag")).isEqualTo(direct.header("ETag"));
        if (direct.header("ETag") != null) {
            assertThat(answer.asString()).isEqualTo(direct.asString());
            Response write = given().contentType(JSON).body(direct.asString()).put(spelling);
            assertThat(write.header("Mako-Changed")).as(write.asString()).isEqualTo("false");
            assertThat(write.header("Content-Location")).isEqualTo("/api/v1" + canonical);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /vips/::ffff:10.200.1.1-80-tcp    | 422 | invalid-value | Write 10.200.1.1.
            /vips/10.200.01.1-80-tcp          | 422 | invalid-value | Write 10.200.1.1,
            /vips/fe80::1%25eth0-80-tcp       | 422 | invalid-value | Leave out the part from '%' on.
            /vips/0.0.0.0-80-tcp              | 422 | invalid-value | unicast
            /vips/::-80-tcp                   | 422 | invalid-value | unicast
            /vips/::1-80-tcp                  | 422 | invalid-value | unicast
            /vips/224.0.0.1-80-tcp            | 422 | invalid-value | unicast
            /vips/ff02::1-80-tcp              | 422 | invalid-value | unicast
            /vips/169.254.1.1-80-tcp          | 422 | invalid-value | unicast
            /vips/255.255.255.255-80-tcp      | 422 | invalid-value | unicast
            /vips/10.200.1.1_24-80-tcp        | 422 | host-bits     | Write 10.200.1.0_24
            /vips/fc00:1::1_64-80-tcp         | 422 | host-bits     | Write fc00:1::_64
            /vips/10.200.1.0_33-80-tcp        | 422 | invalid-value | Use 0 to 32.
            /vips/fc00::_129-80-tcp           | 422 | invalid-value | Use 0 to 128.
            /vips/10.200.1.1-65536-tcp        | 422 | invalid-value | 1 to 65535
            /vips/10.200.1.1--1-tcp           | 400 | malformed-id  | 10.200.1.1-80-tcp
            /vips/10.200.1.1-80-sctp          | 400 | malformed-id  | 10.200.1.1-80-tcp
            /vips/10.200.1.1-http-tcp         | 400 | malformed-id  | 10.200.1.1-80-tcp
            /vips/10.200.1.1:80/tcp           | 404 | not-found     | /swagger-ui.html
            /vips/10.200.1.1-80               | 400 | malformed-id  | 10.200.1.1-80-tcp
            /reals/10.0.0                     | 422 | invalid-value | 10.0.0.1
            /reals/host.example               | 422 | invalid-value | 10.0.0.1
            /reals/10.0.0.1_32                | 422 | invalid-value | 10.0.0.1
            /reals/::ffff:10.0.0.1            | 422 | invalid-value | Write 10.0.0.1.
            """)
    void whatNamesNothingIsRefusedWithTheRightSpelling(String path, int status, String problem, String remedy) {
        for (String method : new String[] {"GET", "PUT"}) {
            Response answer = method.equals("GET")
                    ? given().get(path)
                    : given().contentType(JSON).body("{}").put(path);

            assertProblem(answer, status, problem);
            assertThat(answer.jsonPath().getString("remedy")).contains(remedy);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /vips/10.200.1.1-80-tcp                     | {"address":"10.200.1.2"}  | /address
            /vips/10.200.1.1-80-tcp                     | {"port":0}                | /port
            /vips/10.200.1.1-80-tcp                     | {"protocol":"udp"}        | /protocol
            /vips/10.200.1.1-80-tcp                     | {"prefixLength":31}       | /prefixLength
            /vips/10.200.1.1-80-tcp/reals/10.0.0.1      | {"address":"10.0.0.2"}    | /address
            /reals/10.0.0.1                             | {"address":"10.0.0.2"}    | /address
            /dataplane/interfaces/eth0                  | {"name":"eth1"}           | /name
            """)
    void aBodyThatNamesSomethingElseIsRefused(String path, String body, String pointer) {
        Response answer = given().contentType(JSON).body(body).put(path);

        assertProblem(answer, 422, "key-mismatch");
        assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /vips/fc00:1::1-443-udp                     | {"address":"FC00:1:0::1","port":443,"protocol":"udp","prefixLength":128}
            /vips/fc00:1::1-443-udp/reals/fc00::a:b     | {"address":"fc00:0::a:b"}
            /reals/fc00::a:b                            | {"address":"FC00::000a:b"}
            """)
    void anotherSpellingOfTheSameInTheBodyAgrees(String path, String body) {
        Response answer = given().contentType(JSON).body(body).put(path);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Mako-Changed")).isEqualTo("false");
    }
}
