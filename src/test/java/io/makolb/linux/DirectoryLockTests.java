package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateBpfFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTests {

    @Test
    void aSecondLockIsRefusedNamingTheHolder(@TempDir Path directory) {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertThat(lock.directory()).isEqualTo(directory);
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> DirectoryLock.acquire(directory))
                    .withMessageContainingAll(
                            directory.toString(),
                            "process " + ProcessHandle.current().pid(),
                            "java")
                    .satisfies(e -> assertThat(e.process())
                            .hasValue(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aReleasedLockCanBeTakenAgain(@TempDir Path directory) {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        lock.close();
        lock.close();
        assertThatNoException()
                .isThrownBy(() -> DirectoryLock.acquire(directory).close());
    }

    @Test
    void theLockOfAKilledProcessIsFree(@TempDir Path directory) throws Exception {
        // -o: the command must not have the lock as well, because nobody waits for its end.
        Process holder = new ProcessBuilder(
                        "flock", "-o", "-x", directory.toString(), "sh", "-c", "echo held; exec sleep 60")
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> DirectoryLock.acquire(directory))
                    .satisfies(e -> assertThat(e.process()).hasValue(holder.pid()));
        } finally {
            holder.descendants().forEach(ProcessHandle::destroyForcibly);
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThatNoException()
                .isThrownBy(() -> DirectoryLock.acquire(directory).close());
    }

    @Test
    void aMissingDirectoryIsReported(@TempDir Path directory) {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> DirectoryLock.acquire(directory.resolve("nowhere")))
                .withMessageContainingAll("open the directory", "nowhere", "(ENOENT)")
                .satisfies(e -> assertThat(e.isNotFound()).isTrue());
    }

    @Test
    @BpfTest
    void directoriesOfABpfFileSystemCanBeLocked() throws IOException {
        try (PrivateBpfFs bpffs = PrivateBpfFs.mount()) {
            Path directory = Files.createDirectory(bpffs.root().resolve("mako"));
            try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
                assertThat(lock.directory()).isEqualTo(directory);
                assertThatExceptionOfType(LockHeldException.class)
                        .isThrownBy(() -> DirectoryLock.acquire(directory))
                        .satisfies(e -> assertThat(e.process())
                                .hasValue(ProcessHandle.current().pid()));
            }
        }
    }
}
