package io.makolb.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client of server-sent events, after the rules of the HTML standard (9.2.6, interpreting an event stream). */
final class EventSource implements AutoCloseable {

    /** One event. */
    record Message(String name, String id, String data) {}

    private final InputStream body;
    private final BufferedReader lines;
    private String lastId = "";

    private EventSource(InputStream body) {
        this.body = body;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Empty: it was refused. */
    static Optional<EventSource> tryOpen(String path, String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                .header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            return Optional.empty();
        }
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return Optional.of(new EventSource(answer.body()));
    }

    /** The next event, comments left out. */
    Message next() throws IOException {
        String name = "message";
        String data = "";
        for (String line = read(); ; line = read()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return new Message(name, lastId, data);
                }
                name = "message";
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length());
            } else if (line.startsWith("id:")) {
                lastId = line.substring("id:".length());
            } else if (line.startsWith("data:")) {
                data = line.substring("data:".length());
            }
        }
    }

    /** The next comment, events left out. */
    String comment() throws IOException {
        for (String line = read(); ; line = read()) {
            if (line.startsWith("id:")) {
                lastId = line.substring("id:".length());
            } else if (line.startsWith(":")) {
                return line.substring(1);
            }
        }
    }

    /** The id that the server sent last. */
    String lastId() {
        return lastId;
    }

    private String read() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the server ended the stream");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
