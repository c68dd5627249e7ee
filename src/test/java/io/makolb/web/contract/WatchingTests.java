package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a monitoring system and a person with a browser look at. */
@ContractTest
class WatchingTests {

    @Test
    void promtoolHasNothingToSayAboutTheWholeScrape() throws IOException, InterruptedException {
        // The first request is not in its own scrape.
        given().get("/vips").then().statusCode(200);
        String scrape = given().basePath("/")
                .get("/actuator/prometheus")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(scrape).contains("mako_condition{state=\"ready\"}", "mako_plane_frames_total", "http_server_");

        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        promtool.outputWriter(StandardCharsets.UTF_8).append(scrape).close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator?x=1",
                "/actuator/health?show=all",
                "/actuator/health/readiness?include=plane",
                "/actuator/prometheus?name=mako_condition",
                "/actuator/prometheus?includedNames=a&includedNames=b"
            })
    void whatWatchesMistypesNothing(String path) {
        assertProblem(given().basePath("/").get(path), 400, "unknown-parameter");
    }

    @Test
    void aScrapeCanBeAboutSomeMetrics() {
        given().basePath("/")
                .get("/actuator/prometheus?includedNames=mako_condition")
                .then()
                .statusCode(200)
                .body(containsString("mako_condition{"))
                .body(not(containsString("mako_writer_holds_total")));
    }

    @Test
    void requestsAreCountedByTheTemplateOfTheirPath() {
        given().get("/vips/10.200.1.1-80-tcp/reals/10.0.0.1").then().statusCode(404);

        await().untilAsserted(() -> given().basePath("/")
                .get("/actuator/prometheus")
                .then()
                .body(containsString("uri=\"/api/v1/vips/{vip}/reals/{address}\"")));
    }

    @Test
    void readinessIsThatOfThePlane() {
        given().basePath("/")
                .get("/actuator/health/readiness")
                .then()
                .statusCode(200)
                .body("components.plane.status", equalTo("UP"))
                .body("components.plane.details.attached", hasItem("eth0"));

        given().contentType("application/json").body("{\"attached\":false}").put("/dataplane/attachment");

        given().basePath("/")
                .get("/actuator/health/readiness")
                .then()
                .statusCode(503)
                .body("components.plane.details.trouble", containsString("/dataplane/attachment"));
        given().basePath("/").get("/actuator/health/liveness").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/watch", "/watch/", "/watch/index.html"})
    void thePageToWatchIsServed(String path) {
        given().basePath("/").get(path).then().statusCode(200).body(containsString("watch.js"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch.js", "events.js", "chart.js", "table.js", "format.js", "watch.css", "icon.svg"})
    void thePagesPartsComeFromHere(String part) {
        String text = given().basePath("/")
                .get("/watch/" + part)
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replace("http://www.w3.org/2000/svg", "");

        assertThat(text).doesNotContain("http://", "https://");
    }
}
