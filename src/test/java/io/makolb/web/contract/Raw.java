package io.makolb.web.contract;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An answer as it came over the wire, to a request that no client library would send.
 *
 * @param text all of it
 */
record Raw(String text) {

    /** No answer takes so long; waiting on would hide that one never ends. */
    private static final int PATIENCE_MILLIS = 30_000;

    static Raw send(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            return read(socket);
        }
    }

    static Raw read(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Raw(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    int status() {
        return Integer.parseInt(text.split(" ", 3)[1]);
    }

    String header(String name) {
        return Arrays.stream(text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n"))
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    String body() {
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    /** The document in the body, whether it came in one piece or several. */
    JsonPath json() {
        String body = body();
        return new JsonPath(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
