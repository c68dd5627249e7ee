package io.makolb.libbpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a BPF descriptor can stand for, told apart by the name the kernel gives to the anonymous file. */
enum ObjectKind {
    MAP("map", "anon_inode:bpf-map"),
    PROGRAM("program", "anon_inode:bpf-prog"),
    LINK("link", "anon_inode:bpf_link");

    private final String word;
    private final String file;

    ObjectKind(String word, String file) {
        this.word = word;
        this.file = file;
    }

    String word() {
        return word;
    }

    boolean matches(int fd) {
        try {
            // Links of some types add their own word to the name.
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd))
                    .toString()
                    .startsWith(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tell what descriptor " + fd + " is: " + e.getMessage(), e);
        }
    }
}
