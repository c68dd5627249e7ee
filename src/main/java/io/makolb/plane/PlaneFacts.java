package io.makolb.plane;

import java.util.List;

/**
 * What the kernel says of the running plane.
 *
 * @param programId the kernel's id of the forwarding program
 * @param pinPath where maps and links are pinned
 * @param kernel release of the running kernel
 * @param libbpf version of the library
 * @param memoryBytes kernel memory that the tables take, computed
 * @param limits sizes
 * @param features what the program was loaded with
 * @param freeVips VIP numbers that can be given out
 * @param freeReals real indexes that can be given out
 * @param attachments interfaces in the order of the configuration
 * @param healthChecks forwarding of health checks
 */
public record PlaneFacts(
        int programId,
        String pinPath,
        String kernel,
        String libbpf,
        long memoryBytes,
        PlaneLimits limits,
        PlaneFeatures features,
        int freeVips,
        int freeReals,
        List<Attachment> attachments,
        HealthCheckFacts healthChecks) {

    /**
     * One interface.
     *
     * @param index its interface index; 0 = it is not there
     * @param mode {@code NATIVE} or {@code GENERIC}; empty while detached
     * @param linkId the kernel's id of the link; 0 while detached
     * @param programId the program that runs there; 0 while detached
     */
    public record Attachment(String interfaceName, int index, String mode, int linkId, int programId) {}
}
