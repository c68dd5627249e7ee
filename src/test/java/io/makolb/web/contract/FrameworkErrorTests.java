package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.web.problem.ProblemName;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What frameworks and the servlet container refuse has the same form as what Mako refuses. */
@ContractTest
class FrameworkErrorTests {

    @Test
    void aPathThatLeadsNowhereIsNamed() {
        Response answer = given().get("/vip");

        assertProblem(answer, 404, "not-found");
        assertThat(answer.jsonPath().getString("detail")).isEqualTo("There is nothing at /api/v1/vip.");
        assertThat(answer.jsonPath().getString("remedy")).isEqualTo("Did you mean /api/v1/vips?");
        assertProblem(given().basePath("/").get("/nothing/here"), 404, "not-found");
    }

    @Test
    void anUnknownMethodIsAnsweredWithThoseThatExist() {
        Response answer = given().contentType("application/json").body("{}").post("/vips/10.200.1.1-80-tcp");

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(Arrays.asList(answer.header("Allow").split(", ")))
                .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE");
    }

    @Test
    void aClientThatAcceptsOnlyHtmlIsRefused() {
        assertProblem(given().accept("text/html").get("/vips"), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "10.0.0.1:8080", "localhost.evil.example", "[::2]:80"})
    void aForeignHostIsRefused(String host) throws IOException {
        String answer = raw("GET /api/v1/vips HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421").contains("application/problem+json", "problem/foreign-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    void theNamesOfTheLoopbackAreServed(String host) throws IOException {
        assertThat(raw("GET /api/v1/vips HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aPageOfAnotherSiteIsRefused() {
        for (String origin : List.of("http://evil.example", "null", "http://localhost.evil.example", "garbage")) {
            assertProblem(given().header("Origin", origin).post("/dataplane/reload"), 403, "foreign-origin");
        }
        given().header("Origin", "http://localhost:8080").get("/vips").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/vips/[::1]-80-tcp HTTP/1.1\r\nHost: localhost",
                "GET /api/v1/vips/%zz HTTP/1.1\r\nHost: localhost",
                "GET /api/v1/vips/10.0.0.0%2f8-80-tcp HTTP/1.1\r\nHost: localhost",
                "GET /api/v1/vips HTTP/1.1\r\nX-No-Host: x"
            })
    void whatIsNoHttpIsRefusedInTheSameForm(String request) throws IOException {
        assertThat(raw(request + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "tag:makolb.io,2026:problem/bad-request", "\"remedy\"");
    }

    @ParameterizedTest
    @EnumSource(ProblemName.class)
    void everyProblemHasAPage(ProblemName problem) {
        Response page = given().basePath("/").get("/problems/" + problem);

        page.then().statusCode(200);
        assertThat(page.jsonPath().getString("type")).isEqualTo("tag:makolb.io,2026:problem/" + problem);
        for (String part : List.of("meaning", "cause", "remedy")) {
            assertThat(page.jsonPath().getString(part)).endsWith(problem == ProblemName.MALFORMED_HEADER ? "" : ".");
        }
        assertThat(given().basePath("/")
                        .accept("text/html")
                        .get("/problems/" + problem)
                        .asString())
                .contains("<h1>" + problem + "</h1>");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(Response answer, int status, String problem) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.jsonPath().getString("type")).isEqualTo("tag:makolb.io,2026:problem/" + problem);
        assertThat(answer.jsonPath().getString("remedy")).isNotBlank();
    }
}
