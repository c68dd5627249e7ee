package io.makolb.plane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Which memory is near to which CPU. */
final class NumaNodes {

    private static final Path CPUS = Path.of("/sys/devices/system/cpu");
    private static final String NODE = "node";

    private NumaNodes() {}

    /** The memory node of a CPU; 0 on machines that have only one, or do not say. */
    static int ofCpu(int cpu) {
        try (Stream<Path> links = Files.list(CPUS.resolve("cpu" + cpu))) {
            return links.map(link -> link.getFileName().toString())
                    .filter(name -> name.matches(NODE + "[0-9]+"))
                    .mapToInt(name -> Integer.parseInt(name.substring(NODE.length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // A kernel without /sys/devices/system/cpu/cpuN has one node.
            return 0;
        }
    }
}
