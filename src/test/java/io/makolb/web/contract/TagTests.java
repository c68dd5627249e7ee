package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has the tag has the representation: a tag never stands for two of them, whatever happened in between. */
@ContractTest
class TagTests {

    private final Map<String, Map<String, String>> known = new TreeMap<>();
    private final Set<String> paths = new LinkedHashSet<>();

    @BeforeEach
    void configure() {
        OperationTable.configure();
        OperationTable.ROWS.stream()
                .filter(row -> row.kind() == Row.Kind.READ_TAGGED)
                .forEach(row -> {
                    paths.add(row.path(true));
                    if (row.absent() != Row.Absent.NEVER) {
                        paths.add(row.path(false));
                    }
                });
        paths.add("/reals/10.0.0.7");
        learn("the start");
    }

    @Test
    void aTagStandsForOneRepresentationThroughEveryKindOfWrite() {
        OperationTable.ROWS.stream().filter(Row::writes).forEach(row -> {
            for (boolean present : new boolean[] {true, false}) {
                row.send(given(), present, "");
                learn(row + " of what is " + (present ? "there" : "absent"));
                OperationTable.configure();
                learn("the way back from " + row);
            }
        });
    }

    @Test
    void aTagStandsForOneRepresentationWhileAnotherVipTakesAndLeavesAReal() {
        String member = "/vips/10.200.1.2-80-tcp/reals/10.0.0.1";
        send("PUT", "/vips/10.200.1.2-80-tcp", "{}");
        send("PUT", member, "{}");
        send("PUT", member, "{\"weight\":4}");
        send("DELETE", member, null);
        send("PUT", member, "{\"weight\":4}");
        send("DELETE", "/vips/10.200.1.2-80-tcp", null);
        send("DELETE", "/vips/10.200.1.1-80-tcp", null);
        send("PUT", "/vips/10.200.1.1-80-tcp", "{\"description\":\"another\"}");
        send("PUT", "/vips/10.200.1.1-80-tcp/reals/10.0.0.1", "{\"weight\":99}");
        send("POST", "/dataplane/reload", null);
    }

    private void send(String method, String path, String body) {
        Response answer = body == null
                ? given().request(method, path)
                : given().contentType("application/json").body(body).request(method, path);
        assertThat(answer.statusCode()).as(answer.asString()).isLessThan(300);
        learn(method + " " + path);
    }

    /** Reads everything on the condition of every tag that it ever had. */
    private void learn(String event) {
        for (String path : paths) {
            Response now = given().get(path);
            Map<String, String> representations = known.computeIfAbsent(path, any -> new TreeMap<>());
            representations.forEach((tag, representation) -> {
                int status = given().header("If-None-Match", tag).get(path).statusCode();
                if (status == 304) {
                    assertThat(now.asString())
                            .as("%s with tag %s after %s", path, tag, event)
                            .isEqualTo(representation);
                } else {
                    assertThat(status).isEqualTo(now.statusCode());
                }
            });
            if (now.statusCode() == 200) {
                representations.putIfAbsent(now.header("ETag"), now.asString());
            }
        }
    }
}
