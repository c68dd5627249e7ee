package io.makolb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.makolb.BetterOnPurpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** What the document promises to do better than Katran is shown by a test. */
class CompatibilityDocumentTests {

    private static final Path DOCUMENT = Path.of("docs", "compatibility.md");
    private static final Path TESTS = Path.of("target", "test-classes");

    @Test
    void everyPromiseHasItsTestAndEveryTestItsPromise() throws IOException {
        List<String> shown = methods()
                .flatMap(method -> Stream.of(
                        method.getAnnotationOfType(BetterOnPurpose.class).value()))
                .distinct()
                .toList();

        assertThat(shown).containsExactlyInAnyOrderElementsOf(promises());
    }

    @Test
    void whatShowsAPromiseIsATest() {
        assertThat(methods().filter(method -> !method.isMetaAnnotatedWith(Testable.class)))
                .isEmpty();
    }

    private static Stream<JavaMethod> methods() {
        return new ClassFileImporter()
                .importPath(TESTS).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(BetterOnPurpose.class));
    }

    /** First cells of the table under the heading. */
    private static List<String> promises() throws IOException {
        String text = Files.readString(DOCUMENT);
        String section = text.substring(text.indexOf("## Better on purpose"), text.indexOf("## Readings of our own"));
        return section.lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.substring(2, line.indexOf(" | ")))
                .toList();
    }
}
