package io.makolb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A property that a message or a document tells somebody to set exists. */
class NamedPropertiesTests {

    /** Not one that a message puts together of parts. */
    private static final Pattern NAME = Pattern.compile("\\bmako\\.[a-z]+\\.[a-z][a-z0-9-]*+(?!\" \\+)");

    /** Meters, which are named like properties. */
    private static final Set<String> METERS = Set.of("mako.audit.entries", "mako.audit.lost");

    private static final List<Path> PLACES = Stream.of(
                    "src/main/java", "src/commands", "docs", "examples", "systemd", "docker", "README.md", "run")
            .map(Path::of)
            .toList();

    @Test
    void everyNamedPropertyExists() throws IOException {
        Set<String> known = properties();
        Set<String> groups = known.stream().map(NamedPropertiesTests::group).collect(Collectors.toSet());
        Map<String, Set<Path>> unknown = new TreeMap<>();
        int found = 0;

        for (Path file : files()) {
            Matcher name = NAME.matcher(Files.readString(file));
            while (name.find()) {
                found++;
                if (groups.contains(group(name.group()))
                        && !known.contains(name.group())
                        && !METERS.contains(name.group())) {
                    unknown.computeIfAbsent(name.group(), any -> new TreeSet<>())
                            .add(file);
                }
            }
        }

        assertThat(unknown)
                .as("properties that do not exist, and where they are named")
                .isEmpty();
        assertThat(found).isGreaterThan(50);
    }

    private static String group(String property) {
        return property.substring(0, property.lastIndexOf('.'));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = PLACES.stream().flatMap(NamedPropertiesTests::walk)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static Stream<Path> walk(Path place) {
        try {
            return Files.walk(place);
        } catch (IOException e) {
            throw new AssertionError(place + " cannot be read", e);
        }
    }

    /** As the build describes them for editors. */
    private static Set<String> properties() throws IOException {
        try (InputStream metadata =
                NamedPropertiesTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new JsonMapper()
                    .readTree(metadata)
                    .get("properties")
                    .valueStream()
                    .map((JsonNode property) -> property.get("name").asString())
                    .collect(Collectors.toSet());
        }
    }
}
