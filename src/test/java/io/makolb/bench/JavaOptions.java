package io.makolb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the unit gives to Java, so that what is tested and measured is what is shipped. */
public final class JavaOptions {

    private static final String NAME = "JAVA_OPTIONS=";

    private JavaOptions() {}

    /** {@code JAVA_OPTIONS} of {@code systemd/mako.env}, or of the environment, where others are to be compared with them. */
    public static List<String> shipped() {
        String compared = System.getenv("JAVA_OPTIONS");
        return List.of((compared == null ? ofUnit() : compared).split(" "));
    }

    private static String ofUnit() {
        Path file = Path.of("systemd", "mako.env");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(NAME))
                    .map(line -> line.substring(NAME.length()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(file + " has no " + NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
