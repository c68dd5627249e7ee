package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@ContractTest
class StatsTests {

    @Test
    void numbersAreThereForPlaneCpusVipsAndReals() {
        given().contentType("application/json")
                .body("{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{}}}}}")
                .put("/config");

        given().get("/stats").then().statusCode(200).body("counters", hasKey("tableHits"));
        given().get("/stats/cpus")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[1].cpu", equalTo(1));
        given().get("/vips/10.200.1.1-80-tcp/stats").then().statusCode(200).body("packets.total", equalTo(0));
        given().get("/reals/10.0.0.1/stats").then().statusCode(200).body("bytes.total", equalTo(0));
        given().get("/vips/10.200.1.2-80-tcp/stats").then().statusCode(404);
        given().get("/reals/10.0.0.2/stats").then().statusCode(404);
    }

    @Test
    @Timeout(30)
    void aTerminalGetsALineASecond() throws Exception {
        List<String> lines = stream("*/*", "", 3);

        assertThat(lines.get(0)).startsWith("time ").contains("packets/s", "hit%");
        assertThat(lines.get(1)).matches("[0-9:]{8} +0 +0 +- +- +- +- +0 +0");
        assertThat(lines.get(2)).isNotEqualTo(lines.get(1));
    }

    @Test
    @Timeout(30)
    void aBrowserGetsEvents() throws Exception {
        given().contentType("application/json").body("{}").put("/vips/10.200.1.1-80-tcp");

        List<String> lines = stream("text/event-stream", "?include=vips,reals", 8);

        assertThat(lines.get(0)).startsWith("id:");
        assertThat(lines.get(1)).startsWith("data:{\"at\":\"").contains("\"hitPercent\":null", "\"reals\":{");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("\"vips\":{\"10.200.1.1-80-tcp\":{\"packets\":0,"));
    }

    @Test
    void anUnknownPartIsRefused() {
        given().accept("text/event-stream")
                .get("/stats/stream?include=cpus")
                .then()
                .statusCode(422);
    }

    private static List<String> stream(String accept, String query, int lines)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/stats/stream" + query))
                .header("Accept", accept)
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            return reader.lines().limit(lines).toList();
        }
    }
}
