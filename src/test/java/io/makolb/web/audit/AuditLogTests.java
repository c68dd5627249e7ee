package io.makolb.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The file of the record: what is in it, how it grows, and what happens where it cannot. */
class AuditLogTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path path;
    private AuditLog log;

    @BeforeEach
    void open() {
        path = directory.resolve("sub/audit.jsonl");
        log = open(path, 10_000);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static AuditLog open(Path path, long bytes) {
        return new AuditLog(path, DataSize.ofBytes(bytes), 3);
    }

    private static AuditEntry entry(long number, String message) {
        return new AuditEntry(
                number,
                NOON,
                "127.0.0.1",
                "127.0.0.1:1",
                "PUT",
                "config",
                null,
                false,
                message,
                200,
                null,
                true,
                7L,
                3);
    }

    private void append(int entries) {
        for (int n = 0; n < entries; n++) {
            log.append(number -> entry(number, "message of " + number));
        }
    }

    private List<Long> numbers(long before, int limit) throws IOException {
        return log.latest(before, limit, entry -> true).stream()
                .map(AuditEntry::number)
                .toList();
    }

    private static List<Long> down(long from, long to) {
        return LongStream.rangeClosed(to, from).map(n -> from + to - n).boxed().toList();
    }

    @Test
    void entriesAreReadBackNewestFirst() throws IOException {
        append(3);

        assertThat(log.latest(Long.MAX_VALUE, 10, entry -> true))
                .containsExactly(entry(3, "message of 3"), entry(2, "message of 2"), entry(1, "message of 1"));
        assertThat(numbers(3, 1)).containsExactly(2L);
        assertThat(log.latest(Long.MAX_VALUE, 10, entry -> entry.number() < 3)).hasSize(2);
        assertThat(log.written()).isEqualTo(3);
        assertThat(log.trouble()).isEmpty();
    }

    @Test
    void whateverASenderWritesStaysInOneLineOfPrintableAscii() throws IOException {
        String forged = "x\n{\"number\":9}\r\n\u001b[2J\u0000\u0085\u2028\u202eü";

        log.append(number -> entry(number, forged));

        byte[] bytes = Files.readAllBytes(path);
        assertThat(bytes).endsWith((byte) '\n');
        for (int n = 0; n < bytes.length - 1; n++) {
            assertThat(bytes[n]).isBetween((byte) 0x20, (byte) 0x7e);
        }
        assertThat(log.latest(Long.MAX_VALUE, 10, entry -> true)).containsExactly(entry(1, forged));
    }

    @Test
    void aFullFileIsPutAsideAndTheOldestGoes() throws IOException {
        append(400);

        try (var files = Files.list(path.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2", "audit.jsonl.3");
        }
        assertThat(Files.size(path.resolveSibling("audit.jsonl.1"))).isBetween(10_000L, 10_300L);
        List<Long> kept = numbers(Long.MAX_VALUE, 1000);
        assertThat(kept).hasSizeBetween(100, 250).isEqualTo(down(400, 400 - kept.size() + 1));
        assertThat(numbers(350, 50)).isEqualTo(down(349, 300));
        assertThat(log.lost()).isZero();
    }

    @Test
    void longFilesAreReadInBlocks() throws IOException {
        log.close();
        log = open(path, 10_000_000);
        String message = "m".repeat(990);
        for (int n = 0; n < 300; n++) {
            log.append(number -> entry(number, message));
        }

        assertThat(Files.size(path)).isGreaterThan(4 << 16);
        assertThat(log.latest(Long.MAX_VALUE, 1000, entry -> entry.message().equals(message)))
                .extracting(AuditEntry::number)
                .isEqualTo(down(300, 1));
    }

    @Test
    void numbersGoOnAfterARestartAndHalfALineHarmsNobody() throws IOException {
        append(2);
        log.close();
        Files.writeString(path, "{\"number\":3,\"at\":\"2026-", StandardOpenOption.APPEND);

        log = open(path, 10_000);
        append(1);

        assertThat(numbers(Long.MAX_VALUE, 10)).isEqualTo(down(3, 1));
        assertThat(Files.readAllLines(path)).hasSize(4);
    }

    @Test
    void numbersGoOnWhereTheLastFileWasJustPutAside() throws IOException {
        append(2);
        log.close();
        Files.move(path, path.resolveSibling("audit.jsonl.1"));

        log = open(path, 10_000);
        append(1);

        assertThat(numbers(Long.MAX_VALUE, 10)).isEqualTo(down(3, 1));
    }

    @Test
    void aDiskThatIsFullIsSaidAndCounted() {
        log.close();
        log = open(Path.of("/dev/full"), 10_000);

        append(20);

        assertThat(log.lost()).isEqualTo(20);
        assertThat(log.written()).isZero();
        assertThat(log.trouble()).contains("No space left on device");
    }

    @Test
    void aFileThatCannotBeOpenedIsTriedAgainWithEveryEntryAndTheGapShows() throws IOException {
        log.close();
        Path blocked = Files.createDirectory(directory.resolve("blocked"));
        log = open(blocked, 10_000);
        append(2);
        assertThat(log.lost()).isEqualTo(2);
        assertThat(log.trouble()).contains("blocked");

        Files.delete(blocked);
        append(2);

        assertThat(log.lost()).isEqualTo(2);
        assertThat(log.trouble()).isEmpty();
        assertThat(numbers(Long.MAX_VALUE, 10)).containsExactly(4L, 3L);
    }
}
