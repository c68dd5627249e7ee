package io.makolb.libbpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a BPF descriptor can stand for, told apart by the name the kernel gives to the anonymous file. */
enum ObjectKind {
    MAP("map", "anon_inode:bpf-map"),
    PROGRAM("program", "anon_inode:bpf-prog"),
    /** The kernel spells it one way when a link is created and the other way when a pin is opened. */
    LINK("link", "anon_inode:bpf[-_]link");

    private final String word;
    private final Pattern file;

    ObjectKind(String word, String file) {
        this.word = word;
        this.file = Pattern.compile(file);
    }

    String word() {
        return word;
    }

    boolean matches(int fd) {
        try {
            Path opened = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd));
            return file.matcher(opened.toString()).matches();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tell what descriptor " + fd + " is: " + e.getMessage(), e);
        }
    }
}
