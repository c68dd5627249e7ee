package io.makolb.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.builder.ResponseBuilder;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An answer that the published description does not describe is found out, whatever is wrong with it. */
class PublishedAnswersTests {

    private static final String MARK = "http://127.0.0.1:1/api/v1/healthcheck-marks/7";
    private static final String BODY = "{\"id\":\"7\",\"mark\":7,\"real\":\"10.0.0.1\"}";

    private final PublishedAnswers answers = new PublishedAnswers();

    private static Response answer(int status, String body, String... headers) {
        List<Header> all = new ArrayList<>();
        for (int at = 0; at < headers.length; at += 2) {
            all.add(new Header(headers[at], headers[at + 1]));
        }
        String type = status < 400 ? "application/json" : "application/problem+json";
        return new ResponseBuilder()
                .setStatusCode(status)
                .setHeaders(new Headers(all))
                .setContentType(type)
                .setBody(body)
                .build();
    }

    private String finding(Response answer) {
        List<String> findings = answers.findings("GET", MARK, answer);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static String problem(String name) {
        return """
                {"type":"tag:makolb.io,2026:problem/%s","title":"t","status":404,"detail":"d","remedy":"r"}""".formatted(name);
    }

    @Test
    void whatIsDescribedPasses() {
        assertThat(answers.findings("GET", MARK, answer(200, BODY, "ETag", "\"1\"", "Mako-Revision", "1")))
                .isEmpty();
        assertThat(answers.findings("GET", MARK, answer(404, problem("not-found"))))
                .isEmpty();
    }

    @Test
    void aStatusThatIsNotListedIsFound() {
        assertThat(finding(answer(409, problem("in-use")))).startsWith("this status is none of");
    }

    @Test
    void aProblemThatIsNotListedIsFound() {
        assertThat(finding(answer(404, problem("in-use")))).startsWith("this problem is none of");
    }

    @Test
    void aMissingMemberAnUnknownOneAndOneOfAnotherTypeAreFound() {
        for (String body : new String[] {
            BODY.replace(",\"real\":\"10.0.0.1\"", ""),
            BODY.replace("{", "{\"new\":1,"),
            BODY.replace("\"10.0.0.1\"", "10")
        }) {
            assertThat(finding(answer(200, body, "ETag", "\"1\"", "Mako-Revision", "1")))
                    .containsAnyOf("id", "new", "real");
        }
    }

    @Test
    void aHeaderThatIsMissingUndescribedOrOfAnotherTypeIsFound() {
        assertThat(finding(answer(200, BODY, "ETag", "\"1\""))).isEqualTo("the header Mako-Revision is missing");
        assertThat(finding(answer(200, BODY, "Mako-Revision", "1"))).isEqualTo("the header ETag is missing");
        assertThat(finding(answer(200, BODY, "ETag", "\"1\"", "Mako-Revision", "\"x\"")))
                .startsWith("the header Mako-Revision: ");
        assertThat(finding(answer(200, BODY, "ETag", "\"1\"", "Mako-Revision", "1", "Mako-New", "1")))
                .isEqualTo("the header Mako-New=1 is not described");
    }

    @Test
    void whereThereIsNoOperationThereIsNothingButAProblem() {
        assertThat(answers.findings("POST", MARK, answer(200, BODY))).containsExactly("there is no such operation");
        assertThat(answers.findings("POST", MARK, answer(405, BODY))).isNotEmpty();
        assertThat(answers.findings("POST", MARK, answer(405, problem("method-not-allowed"))))
                .isEmpty();
    }
}
