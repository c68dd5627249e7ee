package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.Connection;
import io.makolb.plane.MemoryKernel;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connections are listed, counted and forgotten, as far as the query means them. */
@ContractTest
class ConnectionTests {

    private static final String LINES = "application/x-ndjson";

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void connect() {
        given().contentType("application/json").body("""
                        {"vips": {"10.200.1.1-80-tcp": {"reals": {"10.0.0.1": {}, "10.0.0.2": {}}},
                                  "2001:db8:200::1-53-udp": {"reals": {"2001:db8:3::1": {}}}}}""").put("/config");
        connect("10.200.1.1-80-tcp", "10.0.0.1", "192.0.2.7", 31_337, Optional.of(Duration.ofMillis(1234)), 1);
        connect("10.200.1.1-80-tcp", "10.0.0.2", "192.0.2.8", 31_338, Optional.of(Duration.ofHours(2)), 0);
        connect("2001:db8:200::1-53-udp", "2001:db8:3::1", "2001:db8:c::7", 31_339, Optional.empty(), -1);
    }

    @AfterEach
    void disconnect() {
        kernel.disconnectAll();
    }

    private void connect(String vip, String real, String client, int port, Optional<Duration> silent, int cpu) {
        VipId id = VipId.parse(vip);
        kernel.connect(new Connection(
                id,
                Address.parse(real),
                id.address(),
                Address.parse(client),
                port,
                id.port(),
                silent,
                cpu < 0 ? Connection.Table.FALLBACK : Connection.Table.CPU,
                cpu));
    }

    @Test
    void aConnectionIsShownWithBothEndsItsAgeAndItsPlace() {
        given().get("/connections?client=192.0.2.7")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].vip", equalTo("10.200.1.1-80-tcp"))
                .body("items[0].real", equalTo("10.0.0.1"))
                .body("items[0].client", equalTo("192.0.2.7"))
                .body("items[0].clientPort", equalTo(31_337))
                .body("items[0].port", equalTo(80))
                .body("items[0].ageSeconds", equalTo(1.2f))
                .body("items[0].table", equalTo("CPU"))
                .body("items[0].cpu", equalTo(1))
                .body("next", nullValue());
        given().get("/connections?real=2001:db8:3::1")
                .then()
                .body("items[0].ageSeconds", nullValue())
                .body("items[0].table", equalTo("FALLBACK"))
                .body("items[0].cpu", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 31337 31338 31339",
        "?vip=10.200.1.1-80-tcp, 31337 31338",
        "?vip=10.200.1.1-80-TCP&real=10.0.0.2, 31338",
        "?real=2001:DB8:3:0::1, 31339",
        "?client=192.0.2.0_24, 31337 31338",
        "?client=192.0.2.8/31, 31338",
        "?client=2001:db8::_32, 31339",
        "?maxAgeSeconds=60, 31337 31339",
        "?vip=10.200.9.9-80-tcp, ''"
    })
    void aQueryMeansWhatAllOfItsParametersMean(String query, String ports) {
        List<Integer> expected = ports.isEmpty()
                ? List.of()
                : List.of(ports.split(" ")).stream().map(Integer::valueOf).toList();

        assertThat(given().get("/connections" + query).jsonPath().<Integer>getList("items.clientPort"))
                .isEqualTo(expected);
        assertThat(lines(query))
                .extracting(line -> line.get("clientPort").asInt())
                .isEqualTo(expected);
        given().get("/connections/summary" + query).then().body("connections", equalTo(expected.size()));
        if (!query.isEmpty()) {
            given().delete("/connections" + query + "&dryRun=true")
                    .then()
                    .statusCode(200)
                    .header("Mako-Changed", "false")
                    .body("effect.connections", equalTo(expected.size()))
                    .body("changes", hasSize(0));
            given().delete("/connections" + query)
                    .then()
                    .statusCode(200)
                    .header("Mako-Changed", Boolean.toString(!expected.isEmpty()))
                    .body("connections", equalTo(expected.size()));
            given().get("/connections/summary").then().body("connections", equalTo(3 - expected.size()));
        }
    }

    @Test
    void connectionsAreCountedByVipAndReal() {
        given().get("/connections/summary")
                .then()
                .statusCode(200)
                .body("connections", equalTo(3))
                .body("vips.'10.200.1.1-80-tcp'.connections", equalTo(2))
                .body("vips.'10.200.1.1-80-tcp'.reals.'10.0.0.2'", equalTo(1))
                .body("vips.'2001:db8:200::1-53-udp'.reals.'2001:db8:3::1'", equalTo(1));
    }

    @Test
    void pagesFollowOneAnother() {
        List<Integer> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            Response page = given().get("/connections?limit=2" + next);
            seen.addAll(page.jsonPath().getList("items.clientPort"));
            String cursor = page.jsonPath().getString("next");
            next = cursor == null ? null : "&cursor=" + cursor;
        }

        assertThat(seen).containsExactly(31_337, 31_338, 31_339);
        for (String foreign : new String[] {"abc", "MS4", "MS4tMQ", "LTEuMA", "MTcuMS4y"}) {
            assertProblem(given().get("/connections?limit=2&cursor=" + foreign), 422, "invalid-value");
        }
    }

    @Test
    void moreThanAChunkOfLinesAndAHundredItemsInAPage() {
        kernel.connect(VipId.parse("10.200.1.1-80-tcp"), Address.parse("10.0.0.1"), 20_000);

        assertThat(lines("")).hasSize(20_003);
        assertThat(lines("?limit=10000")).hasSize(10_000);
        given().get("/connections").then().body("items", hasSize(100)).body("next", notNullValue());
    }

    @Test
    void everythingIsForgottenOnlyByNameOrByAll() {
        Response nothing = given().delete("/connections");
        assertProblem(nothing, 422, "invalid-value");
        assertThat(nothing.jsonPath().getString("remedy")).contains("?all=true");
        assertProblem(given().delete("/connections?dryRun=true"), 422, "invalid-value");
        assertProblem(given().delete("/connections?all=false"), 422, "invalid-value");
        assertProblem(given().delete("/connections?all=true&real=10.0.0.1"), 422, "invalid-value");
        given().get("/connections/summary").then().body("connections", equalTo(3));

        given().delete("/connections?all=true&dryRun=true").then().body("effect.connections", equalTo(3));
        given().get("/connections/summary").then().body("connections", equalTo(3));
        given().delete("/connections?all=true").then().statusCode(200).body("connections", equalTo(3));
        given().get("/connections").then().body("items", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vip=10.200.1.1",
                "real=10.0.0.256",
                "client=192.0.2.7_24",
                "client=10",
                "client=10.0.0.0_33",
                "maxAgeSeconds=0",
                "maxAgeSeconds=1.5",
                "maxAgeSeconds=2000000000",
                "limit=0",
                "limit=10001"
            })
    void whatMeansNothingIsRefused(String query) {
        Response answer = given().get("/connections?" + query);

        assertThat(answer.statusCode()).isIn(400, 422);
        assertThat(answer.jsonPath().getString("remedy")).isNotBlank();
    }

    @Test
    void aPurgeIsRecorded() {
        given().header("X-Change-Message", "evacuated").delete("/connections?real=10.0.0.1");

        given().get("/audit?resource=connections&limit=1")
                .then()
                .body("items[0].method", equalTo("DELETE"))
                .body("items[0].query", containsString("real=10.0.0.1"))
                .body("items.status", contains(200));
    }

    private static final String LINE =
            "{\"vip\":\"10.200.1.1-80-tcp\",\"real\":\"10.0.0.2\",\"client\":\"192.0.2.7\",\"clientPort\":1,\"port\":80}";

    private static Response imported(String lines, String query) {
        return given().contentType(LINES).body(lines).post("/connections/import" + query);
    }

    private static void askGlobally() {
        given().contentType("application/merge-patch+json")
                .body("{\"flags\":[\"GLOBAL_LRU\"]}")
                .patch("/vips/10.200.1.1-80-tcp")
                .then()
                .statusCode(200);
    }

    @Test
    void whatOneBalancerShowsAnotherImports() {
        askGlobally();
        String shown = given().accept(LINES).get("/connections").asString();
        kernel.disconnectAll();

        imported(shown, "?dryRun=true").then().statusCode(200).body("effect.connections", equalTo(2));
        given().get("/connections").then().body("items", hasSize(0));
        imported(shown, "")
                .then()
                .statusCode(200)
                .header("Mako-Changed", "true")
                .body("accepted", equalTo(2))
                .body("changed", equalTo(2))
                .body("skipped.withoutFlag", equalTo(1))
                .body("skipped.unknownVip", equalTo(0))
                .body("skipped.unknownReal", equalTo(0));
        imported(shown, "").then().header("Mako-Changed", "false").body("changed", equalTo(0));

        given().get("/connections?client=192.0.2.7")
                .then()
                .body("items", hasSize(1))
                .body("items[0].real", equalTo("10.0.0.1"))
                .body("items[0].clientPort", equalTo(31_337))
                .body("items[0].table", equalTo("GLOBAL"))
                .body("items[0].cpu", nullValue());
    }

    @Test
    void whatIsNotKnownHereIsLeftOutAndCounted() {
        askGlobally();
        String lines = String.join(
                "\n",
                LINE,
                LINE.replace("10.200.1.1-80", "10.200.9.9-80"),
                LINE.replace("10.0.0.2", "10.0.9.9"),
                LINE.replace("\"clientPort\":1", "\"clientPort\":2"),
                "");

        imported(lines, "")
                .then()
                .body("accepted", equalTo(2))
                .body("skipped.unknownVip", equalTo(1))
                .body("skipped.unknownReal", equalTo(1));
        imported("", "").then().statusCode(200).body("accepted", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"port\":80' | '\"prot\":80' | unknown-field | /1/prot",
                "'\"port\":80' | '\"port\":80000' | invalid-value | /1/port",
                "'\"port\":80' | '\"port\":\"80\"' | malformed-json | /1/port",
                "',\"port\":80' | '' | invalid-value | /1/port",
                "10.200.1.1-80-tcp | 10.200.1.1 | invalid-value | /1/vip",
                "192.0.2.7 | 2001:db8::1 | invalid-value | /1/client",
                "192.0.2.7 | 192.0.2.256 | invalid-value | /1/client",
                "10.0.0.2 | x | invalid-value | /1/real",
                "} | '' | malformed-json | /1",
                "'\"port\":80' | '\"port\":80,\"ageSeconds\":-1' | invalid-value | /1/ageSeconds",
                "'\"port\":80' | '\"port\":80,\"destination\":\"10.200.1.2\"' | invalid-value | /1/destination",
                "'\"port\":80' | '\"port\":80,\"destination\":\"10.200.1\"' | invalid-value | /1/destination"
            })
    void oneLineThatCannotBeReadSpoilsThemAll(String part, String by, String problem, String pointer) {
        askGlobally();
        int before = given().get("/connections/summary").jsonPath().getInt("connections");

        Response answer = imported(LINE + "\n" + LINE.replace(part, by) + "\n", "");

        assertThat(answer.statusCode()).as(answer.asString()).isIn(400, 422);
        assertThat(answer.jsonPath().getString("type")).endsWith("/" + problem);
        assertThat(answer.jsonPath().getString("detail")).startsWith("Entry 2: ");
        assertThat(answer.jsonPath().getString("errors[0].pointer")).startsWith(pointer);
        given().get("/connections/summary").then().body("connections", equalTo(before));
    }

    @Test
    void connectionsToAPrefixSayWhichOfItsAddressesTheyGoTo() {
        given().contentType("application/merge-patch+json")
                .body("""
                        {"vips": {"10.201.0.0_16-80-tcp": {"flags": ["GLOBAL_LRU"], "reals": {"10.0.0.1": {}}}}}""")
                .patch("/config")
                .then()
                .statusCode(200);
        VipId prefix = VipId.parse("10.201.0.0_16-80-tcp");
        for (String destination : List.of("10.201.0.7", "10.201.255.255")) {
            kernel.connect(new Connection(
                    prefix,
                    Address.parse("10.0.0.1"),
                    Address.parse(destination),
                    Address.parse("192.0.2.9"),
                    31_337,
                    0,
                    Optional.empty(),
                    Connection.Table.CPU,
                    0));
        }

        given().get("/connections?vip=10.201.0.0_16-80-tcp")
                .then()
                .body("items.destination", contains("10.201.0.7", "10.201.255.255"));
        given().get("/connections?vip=10.200.1.1-80-tcp").then().body("items[0].destination", nullValue());
        String shown = given().accept(LINES)
                .get("/connections?vip=10.201.0.0_16-80-tcp")
                .asString();
        kernel.disconnectAll();
        imported(shown + LINE.replace("10.200.1.1", "10.201.0.0_16") + "\n", "")
                .then()
                .body("accepted", equalTo(2))
                .body("changed", equalTo(2))
                .body("skipped.prefix", equalTo(1));
        given().get("/connections?vip=10.201.0.0_16-80-tcp")
                .then()
                .body("items.destination", contains("10.201.0.7", "10.201.255.255"));
        assertThat(imported(shown.replace("10.201.0.7", "10.202.0.7"), "").statusCode())
                .isEqualTo(422);
    }

    @Test
    void onlyLinesAreImported() {
        assertProblem(
                given().contentType("application/json").body(LINE).post("/connections/import"),
                415,
                "unsupported-media-type");
    }

    private static List<JsonNode> lines(String query) {
        Response answer = given().accept(LINES).get("/connections" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo(LINES);
        assertThat(answer.header("Mako-Revision")).isNotNull();
        return answer.asString().lines().map(JsonMapper.shared()::readTree).toList();
    }
}
