package io.makolb.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A BPF file system of its own. Unmounting it removes every pin at once. */
public final class PrivateBpfFs implements AutoCloseable {

    private final Path root;

    private PrivateBpfFs(Path root) {
        this.root = root;
    }

    /** Mounts one at a fresh place in /run. */
    public static PrivateBpfFs mount() {
        try {
            Path root = Files.createTempDirectory(Path.of("/run"), "mako-test-bpf-");
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
        Commands.run("umount", "-l", root.toString());
        try {
            Files.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
