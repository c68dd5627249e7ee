package io.makolb.linux;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file system a path is on.
 *
 * @param magic its type ({@code f_type} of statfs(2))
 * @param device {@code st_dev}: equal for two paths exactly when they are on the same mounted file system
 */
public record MountedFileSystem(long magic, long device) {

    /** {@code BPF_FS_MAGIC} of {@code linux/magic.h}. */
    private static final long BPF_FS_MAGIC = 0xcafe4a11L;

    /** More than {@code sizeof(struct statfs)}; its first word is the type on every 64-bit architecture. */
    private static final int STATFS_SIZE = 256;

    /**
     * Looks at an existing path.
     *
     * @throws LinuxException when it does not exist or cannot be reached
     */
    public static MountedFileSystem of(Path path) {
        try (Memory statfs = new Memory(STATFS_SIZE)) {
            if (Libc.statfs(path.toString(), statfs) != 0) {
                throw LinuxException.last("look at the file system of", path.toString());
            }
            return new MountedFileSystem(statfs.getLong(0), (long) Files.getAttribute(path, "unix:dev"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at the device of " + path, e);
        }
    }

    /** Whether maps, programs and links can be pinned there. */
    public boolean isBpf() {
        return magic == BPF_FS_MAGIC;
    }
}
