package io.makolb.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/** The jar that the build packs. */
final class PackagedJar {

    private static final Path JAR = Path.of("target/mako.jar");
    private static final Path CLASSES = Path.of("target/classes");

    private PackagedJar() {}

    /** Its path; an outdated jar would make every test a test of yesterday's code, so that fails. */
    static String path() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            FileTime packed = Files.exists(JAR) ? Files.getLastModifiedTime(JAR) : FileTime.fromMillis(0);
            boolean outdated = files.filter(file -> file.toString().endsWith(".class")
                            || file.toString().endsWith(".bpf.o"))
                    .anyMatch(file -> modified(file).compareTo(packed) > 0);
            if (outdated) {
                throw new AssertionError(JAR + " is older than target/classes: mvn -q -B -DskipTests package");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare the jar with the classes", e);
        }
        return JAR.toString();
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
