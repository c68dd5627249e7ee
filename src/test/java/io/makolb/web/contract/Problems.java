package io.makolb.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** What every refusal looks like (RFC 9457), whoever refused. */
final class Problems {

    private Problems() {}

    /** Checks that an answer is this problem, complete and in its form. */
    static void assertProblem(Response answer, int status, String name) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).as(answer.asString()).isEqualTo("application/problem+json");
        Map<String, Object> body = answer.jsonPath().getMap("");
        assertThat(body)
                .as(answer.asString())
                .containsEntry("type", "tag:makolb.io,2026:problem/" + name)
                .containsEntry("status", status);
        for (String member : List.of("title", "detail", "remedy")) {
            assertThat(body.get(member))
                    .as(member + " of " + answer.asString())
                    .asString()
                    .isNotBlank();
        }
        assertThat(body.get("detail")).asString().as("a sentence").matches("(?s)([A-Z0-9'/]|[0-9a-f:]+ ).*[.!?]");
        assertThat(body.get("remedy")).asString().as("a sentence").isNotBlank();
        assertThat(body.keySet())
                .isSubsetOf("type", "title", "status", "detail", "remedy", "instance", "errors", "revision", "errno");
        if (status == 503 || status == 429) {
            assertThat(answer.header("Retry-After")).isNotNull();
        } else {
            assertThat(answer.header("Retry-After")).isNull();
        }
        assertThat(answer.header("Mako-Changed")).isNull();
        assertThat(answer.header("Location")).isNull();
        assertThat(answer.header("Content-Location")).isNull();
    }

    /** Checks that an answer is this problem of a request to the API, at the revision it has. */
    static void assertProblem(Response answer, int status, String name, String instance, long revision) {
        assertProblem(answer, status, name);
        assertThat(answer.jsonPath().getString("instance")).isEqualTo(instance);
        assertThat(answer.jsonPath().getLong("revision")).isEqualTo(revision);
    }
}
