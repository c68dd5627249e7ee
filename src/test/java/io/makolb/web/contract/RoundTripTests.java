package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.makolb.plane.MemoryKernel;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Paging;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a GET answered can be put back, and nothing happens. */
@ContractTest
class RoundTripTests {

    private static final String JSON = "application/json";

    @Autowired
    private MemoryKernel kernel;

    @Autowired
    private ApplicationContext application;

    @BeforeEach
    void configureSomething() {
        given().contentType(JSON).body("""
                        {"attachment": {"attached": false},
                         "decapDestinations": {"10.0.0.5": {"mode": "EGRESS"}},
                         "interfaces": {"eth0": {"gateway": {"mac": "02:00:00:00:00:01"}, "mode": "GENERIC"}},
                         "vips": {
                          "10.200.1.10-80-tcp": {"labels": {"env": "prod"}, "description": "shop",
                            "reals": {"10.0.0.1": {"weight": 10}, "10.0.0.2": {"adminState": "DISABLED"}}},
                          "10.200.1.2-0-udp": {"flags": ["NO_SPORT", "NO_LRU"], "hashFunction": "MAGLEV", "onEmpty": "PASS",
                            "reals": {"10.0.0.1": {}}},
                          "10.200.1.3-53-udp": {"flags": ["UDP_FLOW_MIGRATION"], "downReals": {"10.0.0.3": {}},
                            "reals": {"10.0.0.1": {}, "10.0.0.2": {"adminState": "DISABLED"}}},
                          "fc00:1::1-443-tcp": {"reals": {"fc00::2": {"weight": 0}}}},
                         "healthcheckMarks": {"1000": {"real": "10.0.0.1"}, "4294967295": {"real": "fc00::2"}},
                         "healthcheckKeys": {"10.200.1.10-80-tcp": {}, "fc00:1::1-0-udp": {}},
                         "quicServerIds": {"1001": {"real": "10.0.0.1"}, "16777213": {"real": "fc00::2"}},
                         "sourceRoutes": {"192.168.0.0_16": {"real": "10.0.0.1"}, "fc00:2::_64": {"real": "fc00::2"}}}""").put("/config").then().statusCode(200);
    }

    @TestFactory
    Stream<DynamicTest> anAnswerPutBackChangesNothing() {
        return answers()
                .map(answer -> dynamicTest("PUT " + answer, () -> {
                    String document =
                            given().get(answer).then().statusCode(200).extract().asString();
                    assertNoEffect(
                            answer,
                            () -> given().contentType(JSON).body(document).put(path(answer)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> anEmptyPatchChangesNothing() {
        return Operation.all(application).stream()
                .filter(operation -> operation.method().equals("PATCH"))
                .flatMap(operation -> paths(operation.pattern()))
                .map(path -> dynamicTest("PATCH " + path, () -> {
                    for (String patch : List.of("{}", given().get(path).asString())) {
                        assertNoEffect(
                                path,
                                () -> given().contentType("application/merge-patch+json")
                                        .body(patch)
                                        .patch(path));
                    }
                }));
    }

    @Test
    void theWalkHasBeenEverywhere() {
        assertThat(answers())
                .contains(
                        "/config",
                        "/dataplane/gateway",
                        "/vips/10.200.1.2-0-udp?include=status",
                        "/vips/fc00:1::1-443-tcp/reals/fc00::2",
                        "/vips/10.200.1.10-80-tcp/reals?limit=10",
                        "/vips/10.200.1.3-53-udp/down-reals?limit=10",
                        "/vips/10.200.1.3-53-udp/down-reals/10.0.0.2",
                        "/vips/10.200.1.3-53-udp/down-reals/10.0.0.3",
                        "/reals/10.0.0.2?include=status",
                        "/decap-destinations/10.0.0.5",
                        "/healthcheck-marks/1000",
                        "/healthcheck-keys/fc00:1::1-0-udp",
                        "/quic-server-ids",
                        "/quic-server-ids/16777213",
                        "/source-routes",
                        "/source-routes/fc00:2::_64",
                        "/dataplane/interfaces/eth0");
    }

    /** Every answer to a GET of something that has a PUT: of every resource there is, in every form that the GET has. */
    private Stream<String> answers() {
        List<Operation> operations = Operation.all(application);
        return operations.stream()
                .filter(operation -> operation.method().equals("PUT"))
                .flatMap(put -> operations.stream()
                        .filter(get ->
                                get.method().equals("GET") && get.pattern().equals(put.pattern())))
                .flatMap(get ->
                        paths(get.pattern()).flatMap(path -> queries(get).map(query -> path + query)));
    }

    private static Stream<String> queries(Operation get) {
        Stream<String> forms = Arrays.stream(get.handler().getMethodParameters())
                .flatMap(parameter -> parameter.getParameterType() == Inclusion.class
                        ? Stream.of("?include=status")
                        : parameter.getParameterType() == Paging.class ? Stream.of("?limit=10") : Stream.of());
        return Stream.concat(Stream.of(""), forms);
    }

    /** The paths of a pattern for all that is configured. */
    private static Stream<String> paths(String pattern) {
        int begin = pattern.indexOf('{');
        if (begin < 0) {
            return Stream.of(pattern);
        }
        int end = pattern.indexOf('}');
        String list = pattern.substring(0, begin - 1);
        List<String> ids = given().get(list).jsonPath().getList("items.id");
        return ids.stream().flatMap(id -> paths(list + "/" + id + pattern.substring(end + 1)));
    }

    private void assertNoEffect(String answer, Supplier<Response> write) {
        String path = path(answer);
        Before before = Before.of(path, kernel);
        for (int time = 1; time <= 2; time++) {
            Response written = write.get();
            assertThat(written.statusCode()).as(written.asString()).isEqualTo(200);
            assertThat(written.header("Mako-Changed")).isEqualTo("false");
            assertThat(written.header("ETag")).isEqualTo(before.tag());
            before.assertNothingChanged(path, kernel);
        }
    }

    private static String path(String answer) {
        return answer.contains("?") ? answer.substring(0, answer.indexOf('?')) : answer;
    }

    @Test
    void theConfigurationIsSortedAndLeavesDefaultsOut() {
        assertThat(given().get("/config").asString())
                .isEqualTo("{\"attachment\":{\"attached\":false},"
                        + "\"decapDestinations\":{\"10.0.0.5\":{\"mode\":\"EGRESS\"}},"
                        + "\"healthcheckKeys\":{\"10.200.1.10-80-tcp\":{},\"fc00:1::1-0-udp\":{}},"
                        + "\"healthcheckMarks\":{\"1000\":{\"real\":\"10.0.0.1\"},\"4294967295\":{\"real\":\"fc00::2\"}},"
                        + "\"interfaces\":{\"eth0\":{\"gateway\":{\"mac\":\"02:00:00:00:00:01\"},\"mode\":\"GENERIC\"}},"
                        + "\"quicServerIds\":{\"1001\":{\"real\":\"10.0.0.1\"},\"16777213\":{\"real\":\"fc00::2\"}},"
                        + "\"sourceRoutes\":{\"192.168.0.0_16\":{\"real\":\"10.0.0.1\"},\"fc00:2::_64\":{\"real\":\"fc00::2\"}},"
                        + "\"vips\":{"
                        + "\"10.200.1.10-80-tcp\":{\"description\":\"shop\",\"labels\":{\"env\":\"prod\"},\"reals\":{"
                        + "\"10.0.0.1\":{\"weight\":10},\"10.0.0.2\":{\"adminState\":\"DISABLED\"}}},"
                        + "\"10.200.1.2-0-udp\":{\"flags\":[\"NO_LRU\",\"NO_SPORT\"],\"hashFunction\":\"MAGLEV\","
                        + "\"onEmpty\":\"PASS\",\"reals\":{\"10.0.0.1\":{}}},"
                        + "\"10.200.1.3-53-udp\":{\"downReals\":{\"10.0.0.3\":{}},\"flags\":[\"UDP_FLOW_MIGRATION\"],"
                        + "\"reals\":{\"10.0.0.1\":{},\"10.0.0.2\":{\"adminState\":\"DISABLED\"}}},"
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
        String first = given().get("/vips?limit=3").jsonPath().getString("items.id");
        String next = given().get("/vips?limit=3").jsonPath().getString("next");
        Response second = given().get("/vips?limit=3&cursor=" + next);

        assertThat(first).isEqualTo("[10.200.1.2-0-udp, 10.200.1.3-53-udp, 10.200.1.10-80-tcp]");
        assertThat(second.jsonPath().getString("items.id")).isEqualTo("[fc00:1::1-443-tcp]");
        assertThat(second.jsonPath().getString("next")).isNull();
        assertThat(second.header("ETag")).isNull();
    }
}
