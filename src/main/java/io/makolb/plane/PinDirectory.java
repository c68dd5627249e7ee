package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.linux.DirectoryLock;
import io.makolb.linux.LockHeldException;
import io.makolb.linux.MountedFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory in which a plane outlives the process, locked against a second process. */
final class PinDirectory implements AutoCloseable {

    private static final Path OWN_MOUNT = Path.of("/run/mako/bpf");
    private static final Path DEFAULT = Path.of("/sys/fs/bpf/mako");

    private final Path path;
    private final DirectoryLock lock;

    private PinDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the directory if need be and locks it.
     *
     * @param configured absent: the default
     */
    static PinDirectory open(@Nullable Path configured) {
        Path path = configured != null ? configured : isBpf(OWN_MOUNT) ? OWN_MOUNT : DEFAULT;
        if (!isBpf(nearestExisting(path.toAbsolutePath()))) {
            throw new NotBpfFileSystemException(path);
        }
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new PinDirectory(path, DirectoryLock.acquire(path));
        } catch (LockHeldException e) {
            throw new PinDirectoryLockedException(e);
        } catch (IOException e) {
            throw new PlaneStartException(
                    "The pin directory " + path + " cannot be created: " + e.getMessage() + ".",
                    "Create it for the user Mako runs as, or name another with mako.dataplane.pin-path.",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Where something of this name is pinned, whether it is or not. */
    Path pin(String name) {
        return path.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(pin(name));
    }

    /**
     * An inner map that is pinned under a name, if packets find it where it should be. One that was pinned, and not yet put there, when
     * a process died is none.
     *
     * @param outer the map in which packets look for it
     */
    Optional<BpfMap> openInner(String name, BpfMap outer, int index) {
        if (!has(name)) {
            return Optional.empty();
        }
        BpfMap inner = BpfMap.openPinned(pin(name));
        OptionalInt found = outer.referenceId(index);
        if (found.isPresent() && found.getAsInt() == inner.info().id()) {
            return Optional.of(inner);
        }
        inner.close();
        return Optional.empty();
    }

    /** Names of everything pinned. */
    List<String> names() {
        try (Stream<Path> pins = Files.list(path)) {
            return pins.map(pin -> pin.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the pin directory " + path, e);
        }
    }

    /** Removes a pin; what was pinned lives on while somebody holds it. */
    void remove(String name) {
        try {
            Files.delete(pin(name));
        } catch (NoSuchFileException e) {
            // Somebody else was faster; there is nothing left to remove.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the pin " + pin(name), e);
        }
    }

    /** Gives a pin another name, replacing what had it, in one step. */
    void rename(String from, String to) {
        try {
            Files.move(pin(from), pin(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot rename the pin " + pin(from) + " to " + to, e);
        }
    }

    /** Lets another process in. */
    @Override
    public void close() {
        lock.close();
    }

    private static Path nearestExisting(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null || Files.exists(absolute) ? absolute : nearestExisting(parent);
    }

    private static boolean isBpf(Path directory) {
        return Files.exists(directory) && MountedFileSystem.of(directory).isBpf();
    }
}
