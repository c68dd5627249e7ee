package io.makolb.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests that Terraform's provider Mastercard/restapi makes for a {@code restapi_object}, with
 * {@code write_returns_object}, and its rules for comparing. Source: the provider's documentation and sources, 3.0.0-rc2 and
 * what followed until June 2026.
 *
 * @param base the provider's {@code uri}
 * @param settings the resource's arguments, strings without their quotes
 */
record RestApiProvider(String base, Map<String, String> settings) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** How a read becomes the data of the state. */
    enum Rule {
        /** 3.0.0-rc2, and every version without ignore_server_additions: the answer as it is. */
        WHOLE_ANSWER,
        /** Later, with ignore_server_additions: of the answer, what the state knew before; lists are compared whole. */
        KNOWN_MEMBERS
    }

    /** Creates the object; answers the data of the state. */
    JsonNode create(JsonNode data) {
        send(settings.getOrDefault("create_method", "POST"), path("create_path", "path", data), data);
        return data;
    }

    /** Refreshes the data of the state; empty: the object is gone. */
    Optional<JsonNode> read(JsonNode state, Rule rule) {
        HttpResponse<String> answer = exchange("GET", path("read_path", null, state), null);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        JsonNode actual = JSON.readTree(required(answer));
        return Optional.of(rule == Rule.WHOLE_ANSWER ? actual : known(state, actual));
    }

    /** Updates the object; answers the data of the state. */
    JsonNode update(JsonNode data) {
        send("PUT", path("update_path", null, data), data);
        return data;
    }

    void delete(JsonNode state) {
        String data = settings.get("destroy_data");
        send(
                settings.getOrDefault("destroy_method", "DELETE"),
                path("destroy_path", null, state),
                data == null ? null : JSON.readTree(data));
    }

    /** What {@code terraform import} puts into the state: a GET of the given path, whatever the configuration says. */
    JsonNode importFrom(String id) {
        return JSON.readTree(required(exchange("GET", id, null)));
    }

    private static JsonNode known(JsonNode recorded, JsonNode actual) {
        if (!(recorded instanceof ObjectNode members) || !actual.isObject()) {
            return actual;
        }
        ObjectNode merged = JSON.createObjectNode();
        members.properties()
                .forEach(member -> merged.set(member.getKey(), known(member.getValue(), actual.path(member.getKey()))));
        return merged;
    }

    private String path(String own, String fallback, JsonNode data) {
        String id = settings.containsKey("object_id")
                ? settings.get("object_id")
                : data.get("id").asString();
        String path = settings.get(own);
        if (path == null) {
            path = fallback == null ? settings.get("path") + "/{id}" : settings.get(fallback);
        }
        return path.replace("{id}", id);
    }

    private void send(String method, String path, JsonNode data) {
        required(exchange(method, path, data));
    }

    private static String required(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError("unexpected response code '%d': %s".formatted(answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private HttpResponse<String> exchange(String method, String path, JsonNode data) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (data == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(data.toString()));
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
