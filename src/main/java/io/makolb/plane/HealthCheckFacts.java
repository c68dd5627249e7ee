package io.makolb.plane;

import io.makolb.model.Address;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the forwarding of health checks.
 *
 * @param enabled whether marked packets are to be forwarded
 * @param programId the kernel's id of the program; 0 = there is none
 * @param encapsulation who writes the outer header
 * @param sourceV4 where packets to IPv4 reals come from; absent with TUNNEL, or when none is known
 * @param sourceV6 the same for IPv6 reals
 * @param reachesV4 whether packets can be sent to IPv4 reals
 * @param reachesV6 the same for IPv6 reals
 * @param attachments where the program looks at what leaves
 */
public record HealthCheckFacts(
        boolean enabled,
        int programId,
        HealthCheckEncapsulation encapsulation,
        Optional<Address> sourceV4,
        Optional<Address> sourceV6,
        boolean reachesV4,
        boolean reachesV6,
        List<Attachment> attachments) {

    /** Everything is possible and nothing attached. */
    public static final HealthCheckFacts IDLE = new HealthCheckFacts(
            true, 0, HealthCheckEncapsulation.DIRECT, Optional.empty(), Optional.empty(), true, true, List.of());

    /**
     * One interface.
     *
     * @param way {@code TCX} (a link of its own) or {@code CLSACT} (a filter)
     */
    public record Attachment(String interfaceName, String way) {}
}
