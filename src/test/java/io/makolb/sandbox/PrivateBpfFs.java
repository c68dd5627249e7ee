package io.makolb.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A BPF file system of its own. Unmounting it removes every pin at once. */
public final class PrivateBpfFs implements AutoCloseable {

    private static final Path PARENT = Path.of("/run");
    private static final String PREFIX = "mako-test-bpf-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");

    private final Path root;

    private PrivateBpfFs(Path root) {
        this.root = root;
    }

    /** Mounts one at a fresh place in /run. */
    public static PrivateBpfFs mount() {
        try {
            removeThoseOfDeadProcesses();
            Path root = Files.createTempDirectory(
                    PARENT, PREFIX + ProcessHandle.current().pid() + "-");
            Commands.run("mount", "-t", "bpf", "bpf", root.toString());
            return new PrivateBpfFs(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    /** A place for a pin. */
    public Path pin(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() {
        remove(root);
    }

    private static void removeThoseOfDeadProcesses() throws IOException {
        try (Stream<Path> present = Files.list(PARENT)) {
            present.filter(PrivateBpfFs::isOfDeadProcess).forEach(PrivateBpfFs::remove);
        }
    }

    private static boolean isOfDeadProcess(Path directory) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    private static void remove(Path root) {
        Commands.run("umount", "-l", root.toString());
        try {
            Files.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
