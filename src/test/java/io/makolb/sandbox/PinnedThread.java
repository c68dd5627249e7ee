package io.makolb.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the calling thread on one CPU: what a program remembers per CPU would else be spread over several. */
public final class PinnedThread {

    private static final Path SELF = Path.of("/proc/thread-self");

    private PinnedThread() {}

    /** Binds the calling thread to a CPU for the rest of its life. */
    public static void to(int cpu) {
        try {
            String thread = Files.readSymbolicLink(SELF).getFileName().toString();
            Commands.run("taskset", "-pc", Integer.toString(cpu), thread);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
