package io.makolb.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The API of the Mako that runs in a lab, asked from inside its namespace, where alone it listens. */
final class Api {

    private static final String BASE = "http://127.0.0.1:8080";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LINES = "application/x-ndjson";

    private final Lab lab;
    private final String node;

    Api(Lab lab, String node) {
        this.lab = lab;
        this.node = node;
    }

    /** Creates a VIP, unless it is there, and gives it exactly these reals with equal weights. */
    void vip(String id, String... reals) {
        put("/api/v1/vips/" + id, "{}");
        put(
                "/api/v1/vips/" + id + "/reals",
                Stream.of(reals)
                        .map("{\"address\":\"%s\",\"weight\":10}"::formatted)
                        .collect(Collectors.joining(",", "{\"items\":[", "]}")));
    }

    /** A counter of the whole plane by its name in {@code /stats}, as of the last tick: up to a second old. */
    long counter(String name) {
        return get("/api/v1/stats").get("counters").get(name).get("total").asLong();
    }

    JsonNode get(String path) {
        return request("GET", path, null);
    }

    JsonNode put(String path, String body) {
        return request("PUT", path, body);
    }

    JsonNode post(String path, String body) {
        return request("POST", path, body);
    }

    void delete(String path) {
        request("DELETE", path, null);
    }

    /** The HTTP status that a request is answered with. */
    int status(String method, String path, String body) {
        return Integer.parseInt(lab.exec(
                node,
                "curl",
                "-sS",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                "-X",
                method,
                "-H",
                "Content-Type: application/json",
                "-d",
                body,
                BASE + path));
    }

    /** A page that is no JSON. */
    String text(String path) {
        return lab.exec(node, "curl", "-sS", "--fail-with-body", "--max-time", "60", BASE + path);
    }

    /** Writes what a path answers as lines of JSON into a file. */
    void saveLines(String path, Path file) {
        lab.exec(node, "curl", "-sS", "--fail-with-body", "-H", "Accept: " + LINES, "-o", file.toString(), BASE + path);
    }

    /** Posts a file of lines of JSON. */
    JsonNode postLines(String path, Path file) {
        return JSON.readTree(lab.exec(
                node,
                "curl",
                "-sS",
                "--fail-with-body",
                "-X",
                "POST",
                "-H",
                "Content-Type: " + LINES,
                "-T",
                file.toString(),
                BASE + path));
    }

    /**
     * Sends a request.
     *
     * @param body JSON, or null for none
     * @return the answer; a missing node when it is empty
     * @throws AssertionError the answer's status is 400 or higher
     */
    private JsonNode request(String method, String path, @Nullable String body) {
        List<String> words =
                new ArrayList<>(List.of("curl", "-sS", "--fail-with-body", "--max-time", "60", "-X", method));
        if (body != null) {
            words.addAll(List.of("-H", "Content-Type: application/json", "-d", body));
        }
        words.add(BASE + path);
        String answer = lab.exec(node, words.toArray(String[]::new));
        return JSON.readTree(answer);
    }
}
