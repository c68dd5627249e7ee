package io.makolb.plane;

import io.makolb.linux.Capability;
import java.util.Set;
import java.util.stream.Collectors;

/** The process may not do what a forwarding plane needs. */
public final class MissingCapabilityException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    MissingCapabilityException(Set<Capability> missing) {
        super(
                "The process lacks " + names(missing) + ".",
                "Run it as root, or give it CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON (AmbientCapabilities= of its systemd"
                        + " unit, --cap-add of its container).",
                null);
    }

    private static String names(Set<Capability> missing) {
        return missing.stream().map(Capability::name).collect(Collectors.joining(", "));
    }
}
