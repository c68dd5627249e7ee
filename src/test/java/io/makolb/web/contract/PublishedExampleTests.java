package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every example of a request that the published description gives can be sent as it stands there. */
@ContractTest
class PublishedExampleTests {

    private static final Published PUBLISHED = Published.read();

    @BeforeEach
    void configure() {
        OperationTable.configure();
    }

    /**
     * A request made of examples.
     *
     * @param operation it is for
     * @param type of the body; empty: it has none
     * @param body empty: it has none
     * @param parameter in the query or a header, beside those of the path; null: none
     */
    private record Sent(Published.Operation operation, String type, String body, JsonNode parameter) {

        boolean isIn(String place) {
            return parameter != null && parameter.get("in").asString().equals(place);
        }

        @Override
        public String toString() {
            String with =
                    parameter == null ? "" : " with " + parameter.get("name").asString();
            return operation + " " + type + with;
        }
    }

    static Stream<Sent> requests() {
        return PUBLISHED
                .operations()
                .filter(operation -> OperationTable.ROWS.stream()
                        .noneMatch(row ->
                                row.kind() == Row.Kind.STREAM && row.operation().equals(operation.toString())))
                .flatMap(PublishedExampleTests::requests);
    }

    private static Stream<Sent> requests(Published.Operation operation) {
        List<Sent> bare = new ArrayList<>();
        operation.description().path("requestBody").path("content").properties().forEach(content -> {
            JsonNode body = content.getValue();
            if (body.has("example")) {
                bare.add(new Sent(
                        operation, content.getKey(), body.get("example").toString(), null));
            }
            body.path("examples")
                    .forEach(example -> bare.add(new Sent(
                            operation,
                            content.getKey(),
                            PUBLISHED.resolved(example).get("value").toString(),
                            null)));
        });
        if (bare.isEmpty()) {
            bare.add(new Sent(operation, "", "", null));
        }
        return bare.stream()
                .flatMap(sent -> Stream.concat(
                        Stream.of(sent),
                        parameters(operation)
                                .filter(parameter -> parameter.has("example"))
                                .filter(parameter ->
                                        !parameter.get("in").asString().equals("path"))
                                .map(parameter -> new Sent(operation, sent.type(), sent.body(), parameter))));
    }

    private static Stream<JsonNode> parameters(Published.Operation operation) {
        return StreamSupport.stream(operation.description().path("parameters").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anExampleIsAccepted(Sent sent) {
        boolean creates = sent.operation().toString().equals("POST /vips");
        if (creates) {
            given().delete(OperationTable.filled("/vips/{vip}", true, Map.of()))
                    .then()
                    .statusCode(204);
        }
        String path = sent.operation().pattern();
        for (JsonNode parameter : parameters(sent.operation()).toList()) {
            if (parameter.get("in").asString().equals("path")) {
                String name = parameter.get("name").asString();
                path = path.replace("{" + name + "}", parameter.get("example").asString());
            }
        }
        RequestSpecification request = given();
        if (!sent.body().isEmpty()) {
            request.contentType(sent.type()).body(sent.body());
        }
        if (sent.isIn("header")) {
            request.header(
                    sent.parameter().get("name").asString(),
                    sent.parameter().get("example").asString());
        }
        String query = sent.isIn("query")
                ? "?" + sent.parameter().get("name").asString() + "="
                        + sent.parameter().get("example").asString()
                : sent.operation().toString().equals("DELETE /connections")
                        ? "?all=true" // it demands a choice, which no single parameter is the example of
                        : "";

        Response answer = request.request(sent.operation().method(), path + query);

        if (sent.isIn("header") && sent.parameter().get("name").asString().startsWith("If-")) {
            // Which tag there is, and whether there is the resource, no example can know.
            assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201, 204, 412);
        } else {
            assertThat(answer.statusCode()).as(answer.asString()).isLessThan(300);
        }
    }
}
