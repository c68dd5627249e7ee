package io.makolb.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that were generated from the published description, and the server, understand each other. */
@ClientTest
class GeneratedClientTests {

    private static final Path CLIENTS = Path.of("target", "clients");

    @Test
    void theJavaClientWalksThroughTheApi() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = CLIENTS.resolve("classes") + ":" + CLIENTS.resolve("dependency") + "/*";
        assertThat(CLIENTS.resolve("classes/io/makolb/walk/Walk.class"))
                .as("the Java client; make it with: mvn -f openapi/clients process-classes")
                .exists();
        assertWalks(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", path, "io.makolb.walk.Walk", server()), "Java");
    }

    @Test
    void theTypeScriptClientWalksThroughTheApi() throws IOException, InterruptedException {
        Path walk = CLIENTS.resolve("walk/openapi/clients/typescript/walk.js");
        assertThat(walk)
                .as("the TypeScript client; make it with mvn -f openapi/clients generate-sources, and tsc -p"
                        + " openapi/clients/typescript")
                .exists();
        assertWalks(List.of("node", walk.toString(), server()), "TypeScript");
    }

    private static void assertWalks(List<String> command, String language) throws IOException, InterruptedException {
        Path log = Files.createTempFile("mako-walk", ".log");
        Process walk = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(walk.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            String said = Files.readString(log, StandardCharsets.UTF_8);
            assertThat(said).contains("the " + language + " client walked through");
            assertThat(walk.exitValue()).as(said).isZero();
        } finally {
            walk.destroyForcibly();
            Files.delete(log);
        }
    }

    private static String server() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }
}
