package io.makolb.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients of the last release can use what comes next. */
@Tag("released")
class LastReleaseTests {

    @Test
    void nothingThatWasReleasedIsBroken() throws IOException {
        String released = Files.readString(Path.of(System.getProperty("mako.openapi.released")));
        String now = Files.readString(Path.of("..", "openapi.yaml"));

        assertThat(Breaks.between(released, now))
                .as("openapi.yaml breaks clients of the last release: within v1, only add")
                .isEmpty();
    }
}
