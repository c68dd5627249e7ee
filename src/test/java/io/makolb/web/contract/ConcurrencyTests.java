package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.ForwardingPlane;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many authors at once. */
@ContractTest
class ConcurrencyTests {

    private static final int AUTHORS = 200;
    private static final String REAL = "/vips/10.200.1.1-80-tcp/reals/10.0.0.1";

    @Autowired
    private ForwardingPlane plane;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void oneOfTwoHundredWritesUnderOneTagIsMade() {
        given().contentType("application/json")
                .body("{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{}}}}}")
                .put("/config");
        String tag = given().get(REAL).header("ETag");

        List<HttpResponse<String>> answers = send(weight -> put(weight).header("If-Match", tag));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 412).hasSize(AUTHORS - 1);
        HttpResponse<String> made = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(given().get(REAL).asString()).isEqualTo(made.body());
        assertThat(given().get(REAL).header("ETag"))
                .isEqualTo(made.headers().firstValue("ETag").orElseThrow());
        assertThat(plane.read().vips().values().iterator().next().members().values())
                .singleElement()
                .satisfies(member -> assertThat(member.weight())
                        .isEqualTo(given().get(REAL).jsonPath().getInt("weight")));
    }

    @Test
    void everyAnswerShowsItsOwnWriteUnderItsOwnTag() {
        given().contentType("application/json")
                .body("{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{}}}}}")
                .put("/config");

        List<HttpResponse<String>> answers = send(this::put);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            int weight = Integer.parseInt(
                    answer.request().headers().firstValue("X-Change-Message").orElseThrow());
            assertThat(answer.body()).contains("\"weight\":" + weight + ",");
            assertThat(answer.headers().firstValue("ETag").orElseThrow())
                    .isEqualTo(
                            "\"" + answer.headers().firstValue("Mako-Revision").orElseThrow() + "\"");
        });
        assertThat(answers)
                .extracting(
                        answer -> answer.headers().firstValue("Mako-Revision").orElseThrow())
                .doesNotHaveDuplicates();
    }

    private HttpRequest.Builder put(int weight) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1" + REAL))
                .header("Content-Type", "application/json")
                .header("X-Change-Message", Integer.toString(weight))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"weight\":" + weight + "}"));
    }

    private List<HttpResponse<String>> send(IntFunction<HttpRequest.Builder> request) {
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, AUTHORS)
                .mapToObj(author ->
                        client.sendAsync(request.apply(author + 2).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }
}
