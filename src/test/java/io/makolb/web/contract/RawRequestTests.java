package io.makolb.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests that no well-behaved client sends, byte by byte: refused in the one form, without effect, or plainly understood. */
@ContractTest
class RawRequestTests {

    private static final String VIP = "/api/v1/vips/10.200.1.1-80-tcp";
    private static final String REAL = VIP + "/reals/10.0.0.1";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String PATCH = "Content-Type: application/merge-patch+json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    @Autowired
    private MemoryKernel kernel;

    /**
     * A request and its answer.
     *
     * @param what is tried
     * @param head request line and headers
     * @param status of the answer
     * @param problem its name; empty: none
     */
    record Case(String what, String head, byte[] body, int status, String problem) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case of(String what, String line, String headers, byte[] body, int status, String problem) {
        String length = headers.contains("Content-Length") || headers.contains("Transfer-Encoding") || body.length == 0
                ? ""
                : "Content-Length: " + body.length + "\r\n";
        String head = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + length + "\r\n";
        return new Case(what, head, body, status, problem);
    }

    private static Case get(String what, String target, int status, String problem) {
        return of(what, "GET " + target, "", new byte[0], status, problem);
    }

    private static Case put(String what, String headers, String body, int status, String problem) {
        return of(what, "PUT " + VIP, headers, bytes(body), status, problem);
    }

    private static Case weigh(String what, String weight, int status, String problem) {
        return of(what, "PUT " + REAL, JSON, bytes("{\"weight\":" + weight + "}"), status, problem);
    }

    private static Case exactly(String what, String head, int status, String problem) {
        return new Case(what, head, new byte[0], status, problem);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    static Stream<Case> malformedJson() {
        return Stream.of(
                put("nothing", JSON, "", 400, "malformed-json"),
                put("an announced nothing", JSON + "Content-Length: 0\r\n", "", 400, "malformed-json"),
                put("white space", JSON, "  \r\n", 400, "malformed-json"),
                put("null", JSON, "null", 400, "malformed-json"),
                put("a string", JSON, "\"x\"", 400, "malformed-json"),
                put("trailing garbage", JSON, "{} x", 400, "malformed-json"),
                put("a trailing comma", JSON, "{\"description\":\"x\",}", 400, "malformed-json"),
                put("a comment", JSON, "{/*x*/}", 400, "malformed-json"),
                put("single quotes", JSON, "{'description':'x'}", 400, "malformed-json"),
                put("a bare name", JSON, "{description:\"x\"}", 400, "malformed-json"),
                put("invalid UTF-8", JSON, "{\"description\":\"\u00ff\"}", 400, "malformed-json"),
                put("a surrogate as UTF-8", JSON, "{\"description\":\"\u00ed\u00a0\u0080\"}", 400, "malformed-json"),
                put("half a surrogate pair", JSON, "{\"description\":\"\\ud800x\"}", 400, "malformed-json"),
                put("half a pair in a label", JSON, "{\"labels\":{\"a\":\"\\udc00\"}}", 400, "malformed-json"),
                put("half a pair in a name", JSON, "{\"labels\":{\"\\ud800\":\"a\"}}", 400, "malformed-json"),
                of(
                        "half a pair in a patch",
                        "PATCH " + VIP,
                        PATCH,
                        bytes("{\"labels\":{\"a\":\"\\ud800\"}}"),
                        400,
                        "malformed-json"),
                put("an unescaped control character", JSON, "{\"description\":\"\u0001\"}", 400, "malformed-json"),
                put(
                        "lists in lists",
                        JSON,
                        "{\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}",
                        400,
                        "malformed-json"),
                of(
                        "a patch of objects in objects",
                        "PATCH " + VIP,
                        PATCH,
                        bytes("{\"labels\":".repeat(600) + "1" + "}".repeat(600)),
                        400,
                        "malformed-json"),
                of(
                        "a deep configuration",
                        "PUT /api/v1/config",
                        JSON,
                        bytes("{\"x\":".repeat(100_000) + "1" + "}".repeat(100_000)),
                        400,
                        "malformed-json"),
                put("an endless name", JSON, "{\"" + "a".repeat(60_000) + "\":1}", 400, "malformed-json"),
                put("a name twice", JSON, "{\"description\":\"a\",\"description\":\"b\"}", 400, "duplicate-field"),
                of(
                        "a name twice in a patch",
                        "PATCH " + VIP,
                        PATCH,
                        bytes("{\"labels\":{\"a\":\"1\",\"a\":\"2\"}}"),
                        400,
                        "duplicate-field"),
                of("a patch that is null", "PATCH " + VIP, PATCH, bytes("null"), 400, "malformed-json"),
                of("a patch that is a list", "PATCH " + VIP, PATCH, bytes("[]"), 400, "malformed-json"),
                weigh("a number that is none", "NaN", 400, "malformed-json"),
                weigh("infinity", "Infinity", 400, "malformed-json"),
                weigh("a plus sign", "+1", 400, "malformed-json"),
                weigh("a leading zero", "01", 400, "malformed-json"),
                weigh("a fraction", "1.9", 400, "malformed-json"),
                weigh("a fraction of nothing", "1.0", 400, "malformed-json"),
                weigh("an exponent", "1e2", 400, "malformed-json"),
                weigh("a quoted number", "\"7\"", 400, "malformed-json"),
                weigh("a number of 5000 digits", "9".repeat(5000), 400, "malformed-json"),
                weigh("an endless exponent", "1e999999999", 400, "malformed-json"),
                weigh("more than 32 bits", "2147483648", 422, "invalid-value"),
                weigh("more than 64 bits", "9223372036854775808", 422, "invalid-value"));
    }

    static Stream<Case> bodies() {
        return Stream.of(
                of(
                        "a packed body",
                        "PUT " + VIP,
                        JSON + "Content-Encoding: gzip\r\n",
                        gzip("{}"),
                        415,
                        "unsupported-media-type"),
                put(
                        "an unknown charset",
                        "Content-Type: application/json;charset=foo\r\n",
                        "{}",
                        415,
                        "unsupported-media-type"),
                put(
                        "Latin-1",
                        "Content-Type: application/json;charset=iso-8859-1\r\n",
                        "{}",
                        415,
                        "unsupported-media-type"),
                put(
                        "UTF-16",
                        "Content-Type: application/json; charset=utf-16\r\n",
                        "\u0000{\u0000}",
                        415,
                        "unsupported-media-type"),
                put("no media type", "", "{}", 415, "unsupported-media-type"),
                put("half a media type", "Content-Type: json\r\n", "{}", 415, "unsupported-media-type"),
                put(
                        "a form",
                        "Content-Type: application/x-www-form-urlencoded\r\n",
                        "dryRun=true",
                        415,
                        "unsupported-media-type"),
                put("two media types", JSON + "Content-Type: text/plain\r\n", "{}", 400, "malformed-header"),
                put(
                        "two messages",
                        JSON + "X-Change-Message: a\r\nX-Change-Message: b\r\n",
                        "{}",
                        400,
                        "malformed-header"),
                of(
                        "a body where none is read",
                        "POST /api/v1/dataplane/reload",
                        JSON,
                        bytes("{\"dryRun\":true}"),
                        400,
                        "bad-request"),
                of(
                        "a form where none is read",
                        "POST /api/v1/dataplane/reload",
                        "Content-Type: application/x-www-form-urlencoded\r\n",
                        bytes("dryRun=true"),
                        400,
                        "bad-request"),
                of("a body of a deletion", "DELETE " + VIP, JSON, bytes("{}"), 400, "bad-request"),
                of(
                        "a body in pieces of a deletion",
                        "DELETE " + VIP,
                        CHUNKED,
                        bytes("2\r\n{}\r\n0\r\n\r\n"),
                        400,
                        "bad-request"),
                put("a broken chunk", JSON + CHUNKED, "zz\r\n{}\r\n0\r\n\r\n", 400, "bad-request"),
                put("an unknown framing", JSON + "Transfer-Encoding: foo\r\n", "{}", 501, "bad-request"),
                put("a negative length", JSON + "Content-Length: -1\r\n", "{}", 400, "bad-request"),
                put("two lengths", JSON + "Content-Length: 2\r\nContent-Length: 3\r\n", "{}", 400, "bad-request"),
                put("an unknown expectation", JSON + "Expect: 200-ok\r\n", "{}", 417, "bad-request"),
                of(
                        "2 MiB in pieces",
                        "PUT " + VIP,
                        JSON + CHUNKED,
                        bytes("200000\r\n" + " ".repeat(0x200000) + "\r\n0\r\n\r\n"),
                        413,
                        "body-too-large"));
    }

    static Stream<Case> targets() {
        return Stream.of(
                get("nothing behind the base", "/api/v1/", 404, "not-found"),
                get("a slash at the end", "/api/v1/vips/", 404, "not-found"),
                get("two slashes", "/api/v1//vips", 404, "not-found"),
                get("a part below a leaf", VIP + "/nothing", 404, "not-found"),
                get("dots", "/api/v1/vips/../config", 404, "not-found"),
                get("escaped dots", "/api/v1/vips/%2e%2e/config", 404, "not-found"),
                get("dots escaped twice", "/api/v1/vips/%252e%252e/config", 404, "not-found"),
                get("dots above the root", "/../../etc/passwd", 400, "bad-request"),
                get("an escaped slash", VIP + "%2freals", 400, "bad-request"),
                get("a backslash", "/api/v1/vips\\x", 400, "bad-request"),
                get("an escaped backslash", "/api/v1/vips/%5c", 400, "bad-request"),
                get("a null character", "/api/v1/vips/%00", 400, "bad-request"),
                get("a line break", "/api/v1/vips/a%0d%0aX:y", 400, "malformed-id"),
                get("half an escape", "/api/v1/vips/%zz", 400, "bad-request"),
                get("an escape that is no UTF-8", "/api/v1/vips/%c3%28", 400, "bad-request"),
                get("a space escaped twice", VIP + "%2520", 400, "malformed-id"),
                get("a matrix parameter", VIP + ";dryRun=true", 400, "bad-request"),
                of("a session", "PUT " + VIP + ";jsessionid=1", JSON, bytes("{}"), 400, "bad-request"),
                of(
                        "a dry run that would be none",
                        "DELETE " + VIP + ";dryRun=true",
                        "",
                        new byte[0],
                        400,
                        "bad-request"),
                get("a target of 20,000 characters", "/api/v1/vips/" + "a".repeat(20_000), 400, "bad-request"),
                of(
                        "a header of 20,000 characters",
                        "GET /api/v1/vips",
                        "X-Long: " + "a".repeat(20_000) + "\r\n",
                        new byte[0],
                        400,
                        "bad-request"),
                get("a parameter without a name", "/api/v1/vips?=", 400, "unknown-parameter"),
                get("a value that cannot be decoded", "/api/v1/vips?limit=%zz", 400, "bad-request"),
                of(
                        "a flag that cannot be decoded",
                        "DELETE " + VIP + "?dryRun=%zz",
                        "",
                        new byte[0],
                        400,
                        "bad-request"),
                of("a name that cannot be decoded", "DELETE " + VIP + "?%zz=1", "", new byte[0], 400, "bad-request"),
                get("semicolons in the query", "/api/v1/vips?limit=1;cursor=x", 422, "invalid-value"));
    }

    static Stream<Case> methodsAndVersions() {
        String host = "Host: localhost\r\nConnection: close\r\n\r\n";
        return Stream.of(
                of("TRACE", "TRACE /api/v1/vips", "", new byte[0], 405, "method-not-allowed"),
                of("a method in lower case", "get /api/v1/vips", "", new byte[0], 405, "method-not-allowed"),
                of("an invented method", "FOO /api/v1/vips", "", new byte[0], 405, "method-not-allowed"),
                of(
                        "a method that is overridden",
                        "POST " + VIP,
                        JSON + "X-HTTP-Method-Override: DELETE\r\n",
                        bytes("{}"),
                        405,
                        "method-not-allowed"),
                exactly("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n" + host, 501, "bad-request"),
                exactly("HTTP/3.0", "GET /api/v1/vips HTTP/3.0\r\n" + host, 505, "bad-request"),
                exactly("no host", "GET /api/v1/vips HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "bad-request"),
                exactly("two hosts", "GET /api/v1/vips HTTP/1.1\r\nHost: evil.example\r\n" + host, 400, "bad-request"),
                exactly("two targets", "GET http://evil.example/api/v1/vips HTTP/1.1\r\n" + host, 400, "bad-request"),
                exactly(
                        "a space before a colon",
                        "GET /api/v1/vips HTTP/1.1\r\nX-A : b\r\n" + host,
                        400,
                        "bad-request"),
                of(
                        "an Accept that is none",
                        "GET /api/v1/vips",
                        "Accept: json\r\n",
                        new byte[0],
                        406,
                        "not-acceptable"),
                of(
                        "a write whose answer nobody accepts",
                        "DELETE " + VIP,
                        "Accept: application/xml\r\n",
                        new byte[0],
                        406,
                        "not-acceptable"));
    }

    static Stream<Case> understood() {
        return Stream.of(
                put("UTF-8, said aloud", "Content-Type: application/json;charset=UTF-8\r\n", "{}", 200, ""),
                put("a byte order mark", JSON, "\u00ef\u00bb\u00bf{}", 200, ""),
                put("an encoding that is none", JSON + "Content-Encoding: identity\r\n", "{}", 200, ""),
                put("a body in pieces", JSON + CHUNKED, "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", 200, ""),
                weigh("minus zero", "-0", 200, ""),
                get("an escaped identity", "/api/v1/vips/%31%30.200.1.1-80-tcp", 200, ""),
                get("an empty query", "/api/v1/vips?", 200, ""),
                get("empty parameters", "/api/v1/vips?&&", 200, ""),
                of("OPTIONS for everything", "OPTIONS *", "", new byte[0], 200, ""),
                exactly(
                        "a whole URL",
                        "GET http://localhost/api/v1/vips HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        200,
                        ""),
                exactly("HTTP/1.0", "GET /api/v1/vips HTTP/1.0\r\nHost: localhost\r\n\r\n", 200, ""));
    }

    @BeforeEach
    void configure() {
        OperationTable.configure();
    }

    @ParameterizedTest
    @MethodSource({"malformedJson", "bodies", "targets", "methodsAndVersions"})
    void itIsRefusedInTheOneForm(Case tried) throws IOException {
        Before before = Before.of("/config", kernel);

        Raw answer = Raw.send(tried.head(), tried.body());

        assertThat(answer.status()).as(answer.text()).isEqualTo(tried.status());
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonPath problem = answer.json();
        assertThat(problem.getString("type")).isEqualTo("tag:makolb.io,2026:problem/" + tried.problem());
        for (String member : List.of("title", "detail", "remedy")) {
            assertThat(problem.getString(member))
                    .as(member)
                    .isNotBlank()
                    .doesNotContain("Jackson", "java", "Feature", "`", "See the detail");
        }
        before.assertNothingChanged("/config", kernel);
    }

    @ParameterizedTest
    @MethodSource("understood")
    void itIsUnderstood(Case tried) throws IOException {
        Raw answer = Raw.send(tried.head(), tried.body());

        assertThat(answer.status()).as(answer.text()).isEqualTo(tried.status());
    }

    @Test
    void aBodyThatEndsEarlyIsRefused() throws IOException {
        Before before = Before.of("/config", kernel);
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            String head =
                    "PUT " + VIP + " HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: 50\r\n\r\n{\"descr";
            socket.getOutputStream().write(bytes(head));
            socket.shutdownOutput();

            Raw answer = Raw.read(socket);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("type")).endsWith("/bad-request");
            assertThat(answer.json().getString("detail")).contains("ended before its announced length");
        }
        before.assertNothingChanged("/config", kernel);
    }

    @Test
    void whoeverAsksBeforeSendingIsAnsweredFirst() throws IOException {
        Raw answer = Raw.send(
                "PUT " + VIP + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON
                        + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n",
                bytes("{}"));

        assertThat(answer.text()).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
    }

    @Test
    void theHeadOfAStreamEnds() throws IOException {
        for (String accept : List.of("*/*", "text/event-stream")) {
            for (Row stream : OperationTable.ROWS) {
                if (stream.kind() == Row.Kind.STREAM) {
                    Raw answer = Raw.send(
                            "HEAD /api/v1" + stream.path(true)
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: " + accept
                                    + "\r\n\r\n",
                            new byte[0]);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.header("Content-Type")).startsWith("text/");
                    assertThat(answer.body()).isEmpty();
                }
            }
        }
    }
}
