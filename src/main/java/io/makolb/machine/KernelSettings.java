package io.makolb.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of the kernel that make every packet dearer. */
final class KernelSettings {

    static final Path JIT = Path.of("/proc/sys/net/core/bpf_jit_enable");
    static final Path HARDENING = Path.of("/proc/sys/net/core/bpf_jit_harden");

    private static final Logger log = LoggerFactory.getLogger(KernelSettings.class);

    private KernelSettings() {}

    /** Looks at the machine's settings. */
    static List<Finding> check() {
        return check(KernelSettings::read);
    }

    /**
     * Looks at settings.
     *
     * @param read the text of a file; empty when it cannot be read
     */
    static List<Finding> check(Function<Path, Optional<String>> read) {
        // Kernels built with CONFIG_BPF_JIT_ALWAYS_ON have the file too, and it says 1.
        return List.of(
                read.apply(JIT).filter("0"::equals).isPresent()
                        ? Finding.warning(
                                "BPF compiler",
                                "The kernel interprets BPF programs: every packet takes several times as long.",
                                "sysctl net.core.bpf_jit_enable=1")
                        : Finding.ok("BPF compiler", "BPF programs are compiled."),
                read.apply(HARDENING).filter("2"::equals).isPresent()
                        ? Finding.warning(
                                "BPF hardening",
                                "The kernel hides constants in the BPF programs of all users, which slows packets down.",
                                "sysctl net.core.bpf_jit_harden=1 hardens unprivileged programs only")
                        : Finding.ok("BPF hardening", "Privileged programs are not hardened."));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            log.debug("The setting cannot be read, and counts as harmless.", e);
            return Optional.empty();
        }
    }
}
