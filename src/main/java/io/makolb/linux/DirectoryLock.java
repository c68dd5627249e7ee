package io.makolb.linux;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * An exclusive lock on a directory ({@code flock(2)}), which the kernel releases when the process ends, however it ends.
 * It works on BPF file systems, where a lock file could not be created.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final int CLOSED = -1;
    private static final Path LOCK_TABLE = Path.of("/proc/locks");

    private final Path directory;
    private int fd;

    private DirectoryLock(Path directory, int fd) {
        this.directory = directory;
        this.fd = fd;
    }

    /**
     * Takes the lock without waiting for it.
     *
     * @throws LockHeldException when another process has it
     * @throws LinuxException when there is no such directory or it cannot be opened
     */
    public static DirectoryLock acquire(Path directory) {
        int fd = Libc.open(directory.toString(), Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw LinuxException.last("open the directory", directory.toString());
        }
        if (Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB) != 0) {
            int errno = Native.getLastError();
            Libc.close(fd);
            if (errno == Errno.EAGAIN.code()) {
                throw new LockHeldException(directory, holder(directory));
            }
            throw new LinuxException("lock the directory", directory.toString(), errno);
        }
        return new DirectoryLock(directory, fd);
    }

    /** The locked directory. */
    public Path directory() {
        return directory;
    }

    @Override
    public synchronized void close() {
        if (fd != CLOSED) {
            Libc.close(fd);
            fd = CLOSED;
        }
    }

    private static OptionalLong holder(Path directory) {
        try {
            long device = (long) Files.getAttribute(directory, "unix:dev");
            long inode = (long) Files.getAttribute(directory, "unix:ino");
            return LockTable.holder(Files.readAllLines(LOCK_TABLE), device, inode);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find out who holds the lock on " + directory, e);
        }
    }
}
