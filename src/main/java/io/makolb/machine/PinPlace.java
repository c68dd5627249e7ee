package io.makolb.machine;

import io.makolb.linux.LinuxException;
import io.makolb.linux.MountedFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether there is a place where tables and attachments can outlive the process. */
final class PinPlace {

    private static final String SUBJECT = "BPF file system";
    private static final Path OWN_MOUNT = Path.of("/run/mako/bpf");
    private static final Path DEFAULT = Path.of("/sys/fs/bpf/mako");

    private PinPlace() {}

    /**
     * Looks where the pins will be.
     *
     * @param configured empty: the place the plane chooses
     */
    static Finding check(Optional<Path> configured) {
        Path path = configured.orElseGet(() -> isBpf(OWN_MOUNT) ? OWN_MOUNT : DEFAULT);
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return isBpf(existing)
                ? Finding.ok(SUBJECT, path + " is on one.")
                : Finding.error(
                        SUBJECT,
                        path + " is not on a BPF file system.",
                        "mount -t bpf bpf /sys/fs/bpf, or name a directory on one with mako.dataplane.pin-path.");
    }

    private static boolean isBpf(Path directory) {
        try {
            return Files.exists(directory) && MountedFileSystem.of(directory).isBpf();
        } catch (LinuxException e) {
            // It cannot be reached, so nothing can be pinned there.
            return false;
        }
    }
}
