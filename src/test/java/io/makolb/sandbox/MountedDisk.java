package io.makolb.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few MiB that fills up, loses its medium or turns read-only when a test says so. Needs root. */
public final class MountedDisk implements AutoCloseable {

    private static final int BLOCK = 1 << 16;

    private final Path directory;
    private final Path backing;

    private MountedDisk(Path directory, Path backing) {
        this.directory = directory;
        this.backing = backing;
    }

    /** A disk in memory, of its own size. */
    public static MountedDisk inMemory(Path scratch, int mebibytes) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("disk"));
        Commands.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString());
        return new MountedDisk(directory, directory);
    }

    /** A disk that promises more than its medium holds: once that is full, an fsync fails whose writes had succeeded. */
    public static MountedDisk thatPromisesTooMuch(Path scratch, int mebibytes) throws IOException {
        Path backing = Files.createDirectories(scratch.resolve("medium"));
        Path directory = Files.createDirectories(scratch.resolve("disk"));
        Commands.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", backing.toString());
        Path image = backing.resolve("image");
        Commands.run("truncate", "-s", 8 * mebibytes + "M", image.toString());
        Commands.run("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image.toString());
        Commands.run("mount", "-o", "loop", image.toString(), directory.toString());
        return new MountedDisk(directory, backing);
    }

    /** Where it is mounted. */
    public Path directory() {
        return directory;
    }

    /** Takes all space that is left on the medium. */
    public void fill() throws IOException {
        Path filler = backing.resolve("filler");
        byte[] block = new byte[BLOCK];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /** Gives the space back. */
    public void empty() throws IOException {
        Files.delete(backing.resolve("filler"));
    }

    /** Nothing can be written from now on, or everything can again. */
    public void readOnly(boolean readOnly) {
        Commands.run("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), directory.toString());
    }

    @Override
    public void close() {
        Commands.run("umount", "-l", directory.toString());
        if (!backing.equals(directory)) {
            Commands.run("umount", "-l", backing.toString());
        }
    }
}
