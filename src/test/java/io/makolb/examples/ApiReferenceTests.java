package io.makolb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The table of all resources in docs/api.md is that of openapi/openapi.yaml. */
class ApiReferenceTests {

    private static final Path DOCUMENT = Path.of("docs", "api.md");
    private static final String BEGIN = "<!-- made of openapi.yaml -->\n";
    private static final String END = "<!-- end -->\n";
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    @Test
    void everyResourceStandsInTheReference() throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END, from);
        String described = described();
        if (Boolean.getBoolean("mako.openapi.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + described + document.substring(to));
        }

        assertThat(Files.readString(DOCUMENT))
                .as("The reference at the end of docs/api.md differs from openapi/openapi.yaml. Write it anew: mvn test"
                        + " -Dtest=ApiReferenceTests -Dmako.openapi.write=true")
                .contains(BEGIN + described + END);
    }

    private static String described() throws IOException {
        try (Reader text = Files.newBufferedReader(Path.of("openapi", "openapi.yaml"))) {
            Map<String, Object> description = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return members(description.get("paths")).entrySet().stream()
                    .map(path -> "| `%s` | %s |%n"
                            .formatted(
                                    path.getKey().replaceFirst("^/api/v1", ""), operations(members(path.getValue()))))
                    .collect(Collectors.joining("", "| below `/api/v1` | |\n|---|---|\n", ""));
        }
    }

    private static String operations(Map<String, Object> operations) {
        return METHODS.stream()
                .filter(operations::containsKey)
                .map(method -> "`%s` %s"
                        .formatted(
                                method.toUpperCase(Locale.ROOT),
                                members(operations.get(method)).get("summary")))
                .collect(Collectors.joining("<br>"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object object) {
        return (Map<String, Object>) object;
    }
}
