package io.makolb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.Commands;
import io.makolb.web.contract.ContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The commands of docs/api.md, run one after the other, print what stands below them. */
@ContractTest
class ApiDocumentTests {

    private static final Path DOCUMENT = Path.of("docs", "api.md");

    @LocalServerPort
    private int port;

    @TempDir
    private Path directory;

    @Test
    void theCommandsPrintWhatTheDocumentShows() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<DocumentedCommand> commands = DocumentedCommand.in(lines);
        Map<DocumentedCommand, String> different = new LinkedHashMap<>();

        for (DocumentedCommand command : commands) {
            String printed = run(command.command());
            if (command.output().isEmpty()) {
                assertThat(printed).as(command.command()).doesNotContain("tag:makolb.io,2026:problem/");
            } else if (!command.fits(printed)) {
                different.put(command, printed);
            }
        }

        if (Boolean.getBoolean("mako.document.write")) {
            write(lines, different);
        }
        assertThat(different)
                .as(
                        "docs/api.md shows other answers than the server gives. If the change is meant, write them anew: mvn"
                                + " test -Dmako.test.excludedGroups= -Dtest=ApiDocumentTests -Dmako.document.write=true")
                .isEmpty();
        assertThat(commands).hasSizeGreaterThan(20);
    }

    private String run(String command) {
        return Commands.run(
                "env",
                "API=http://127.0.0.1:" + port + "/api/v1",
                "JSON=Content-Type: application/json",
                "bash",
                "-c",
                "cd '" + directory + "'\n" + command);
    }

    private static void write(List<String> lines, Map<DocumentedCommand, String> different) throws IOException {
        List<String> written = new ArrayList<>(lines);
        List<DocumentedCommand> last = new ArrayList<>(different.keySet());
        for (int i = last.size() - 1; i >= 0; i--) {
            DocumentedCommand command = last.get(i);
            List<String> place = written.subList(command.from(), command.to());
            place.clear();
            place.addAll(command.shown(different.get(command)).stream()
                    .map(line -> line.isEmpty() ? "" : "    " + line)
                    .toList());
        }
        Files.write(DOCUMENT, written);
    }
}
