package io.makolb.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the process may do.
 *
 * @param mask bit n stands for capability number n
 */
public record Capabilities(long mask) {

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String EFFECTIVE = "CapEff:";

    /** Those in effect for the calling thread. */
    public static Capabilities effective() {
        try {
            return parse(Files.readAllLines(STATUS));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the capabilities from " + STATUS, e);
        }
    }

    static Capabilities parse(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(EFFECTIVE))
                .map(line -> new Capabilities(Long.parseUnsignedLong(
                        line.substring(EFFECTIVE.length()).strip(), 16)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No line " + EFFECTIVE + " in " + STATUS));
    }

    /** Whether this capability is in effect, or CAP_SYS_ADMIN where the kernel lets it stand in. */
    public boolean allows(Capability capability) {
        boolean standIn = capability == Capability.CAP_BPF || capability == Capability.CAP_PERFMON;
        return has(capability) || (standIn && has(Capability.CAP_SYS_ADMIN));
    }

    /** Those of {@code wanted} that are not allowed. */
    public Set<Capability> missing(Capability... wanted) {
        return Arrays.stream(wanted)
                .filter(capability -> !allows(capability))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
    }

    private boolean has(Capability capability) {
        return (mask >>> capability.bit() & 1) != 0;
    }
}
