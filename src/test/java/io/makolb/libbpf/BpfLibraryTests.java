package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpfLibraryTests {

    @Test
    void aMissingLibraryIsReportedWithPathReasonAndRemedy() {
        assertThatExceptionOfType(LibBpfMissingException.class)
                .isThrownBy(() -> BpfLibrary.open("/nonexistent/libbpf.so.1"))
                .withMessageContainingAll(
                        "Cannot load /nonexistent/libbpf.so.1", "No such file", "libbpf1", "mako.libbpf.path")
                .satisfies(e -> assertThat(e.path()).isEqualTo("/nonexistent/libbpf.so.1"));
    }

    @Test
    void aLibraryOfTheOldInterfaceIsRefused(@TempDir Path directory) throws Exception {
        String path = library(
                directory,
                "unsigned libbpf_major_version(void) { return 0; }"
                        + " unsigned libbpf_minor_version(void) { return 8; }");
        assertThatExceptionOfType(LibBpfTooOldException.class)
                .isThrownBy(() -> BpfLibrary.open(path))
                .withMessageContainingAll(path + " is libbpf 0.8", "1.1 or later", "mako.libbpf.path");
    }

    @Test
    void aLibraryOneReleaseTooOldIsRefused(@TempDir Path directory) throws Exception {
        String path = library(
                directory,
                "unsigned libbpf_major_version(void) { return 1; }"
                        + " unsigned libbpf_minor_version(void) { return 0; }");
        assertThatExceptionOfType(LibBpfTooOldException.class)
                .isThrownBy(() -> BpfLibrary.open(path))
                .withMessageContaining("libbpf 1.0");
    }

    @Test
    void aLibraryThatDoesNotTellItsVersionIsRefused(@TempDir Path directory) throws Exception {
        String path = library(directory, "int nothing;");
        assertThatExceptionOfType(LibBpfTooOldException.class)
                .isThrownBy(() -> BpfLibrary.open(path))
                .withMessageContaining("before 0.6");
    }

    @Test
    @BpfTest
    void theLibraryIsLoadedOnce() {
        BpfLibrary library = BpfLibrary.load();
        assertThat(library.version()).matches("v\\d+\\.\\d+");
        assertThat(library.possibleCpus()).isPositive();
        assertThat(BpfLibrary.load(BpfLibrary.DEFAULT_PATH)).isSameAs(library);
        assertThatIllegalStateException()
                .isThrownBy(() -> BpfLibrary.load("/nonexistent/libbpf.so.1"))
                .withMessageContaining("loaded from libbpf.so.1 already");
    }

    /** A shared library that exports no more than the source says. */
    private static String library(Path directory, String source) throws Exception {
        Path file = Files.writeString(directory.resolve("stub.c"), source + "\n");
        Path library = directory.resolve("libstub.so");
        Commands.run("clang", "-shared", "-fPIC", "-nostdlib", "-o", library.toString(), file.toString());
        return library.toString();
    }
}
