package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateBpfFs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedFileSystemTests {

    @Test
    @BpfTest
    void aBpfFileSystemIsRecognized() {
        try (PrivateBpfFs one = PrivateBpfFs.mount();
                PrivateBpfFs other = PrivateBpfFs.mount()) {
            assertThat(MountedFileSystem.of(one.root()).isBpf()).isTrue();
            assertThat(MountedFileSystem.of(one.root()))
                    .isEqualTo(MountedFileSystem.of(one.root()))
                    .isNotEqualTo(MountedFileSystem.of(other.root()));
        }
    }

    @Test
    void othersAreNot(@TempDir Path directory) {
        assertThat(MountedFileSystem.of(directory).isBpf()).isFalse();
    }

    @Test
    void aMissingPathIsReported() {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> MountedFileSystem.of(Path.of("/nonexistent")))
                .withMessageContainingAll("/nonexistent", "(ENOENT)");
    }
}
