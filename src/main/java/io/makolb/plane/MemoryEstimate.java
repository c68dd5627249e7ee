package io.makolb.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a plane will take before anything is allocated. */
final class MemoryEstimate {

    private static final Logger log = LoggerFactory.getLogger(MemoryEstimate.class);
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";
    private static final long MEBIBYTE = 1 << 20;

    private MemoryEstimate() {}

    /**
     * Logs what a new plane takes.
     *
     * @throws PlaneStartException when the machine does not have it
     */
    static void check(PlaneSizes sizes) {
        try {
            check(sizes, available(Files.readAllLines(MEMINFO)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the available memory from " + MEMINFO, e);
        }
    }

    static void check(PlaneSizes sizes, long available) {
        long wanted = sizes.bytes();
        log.info(
                "The plane's tables take {} MiB of kernel memory ({} MiB are available)",
                wanted / MEBIBYTE,
                available / MEBIBYTE);
        if (wanted > available) {
            throw new PlaneStartException(
                    "The plane's tables take " + wanted / MEBIBYTE + " MiB of kernel memory, but only "
                            + available / MEBIBYTE + " MiB are available.",
                    "Lower mako.dataplane.connection-table-size (" + sizes.connections()
                            + ") or mako.dataplane.max-vips (" + sizes.maxVips() + "), or free memory.",
                    null);
        }
    }

    /** Bytes that can be had without swapping. */
    static long available(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith(AVAILABLE))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(MEMINFO + " has no line " + AVAILABLE));
    }
}
