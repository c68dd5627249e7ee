package io.makolb.examples;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.Commands;
import io.makolb.web.contract.ContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** {@code examples/curl}: what it prints is what stands beside it, but for what differs from run to run. */
@ContractTest
class CurlWalkTests {

    private static final Path WALK = Path.of("examples", "curl");

    @LocalServerPort
    private int port;

    @Test
    void theWalkPrintsWhatIsExpectedAndLeavesNothingBehind() throws IOException {
        String before = given().get("/config").asString();

        String printed = Commands.run(
                "env",
                "API=http://127.0.0.1:" + port + "/api/v1",
                "bash",
                "-o",
                "pipefail",
                "-c",
                "'%1$s/walk.sh' | sed -Ef '%1$s/normalise.sed'".formatted(WALK));

        assertThat(printed)
                .as("If the change is meant, write the expected output anew, as examples/README.md says.")
                .isEqualTo(Files.readString(WALK.resolve("expected.txt")));
        assertThat(given().get("/config").asString()).isEqualTo(before);
    }
}
