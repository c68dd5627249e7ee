package io.makolb.machine;

import io.makolb.linux.Capabilities;
import io.makolb.linux.Capability;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the process may do what a forwarding plane needs. */
final class Privileges {

    private static final String SUBJECT = "privileges";

    private Privileges() {}

    static Finding check(Capabilities effective) {
        Set<Capability> missing =
                effective.missing(Capability.CAP_BPF, Capability.CAP_NET_ADMIN, Capability.CAP_PERFMON);
        return missing.isEmpty()
                ? Finding.ok(SUBJECT, "CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON are there.")
                : Finding.error(
                        SUBJECT,
                        "The process lacks " + missing.stream().map(Enum::name).collect(Collectors.joining(", ")) + ".",
                        "Run it as root, or give it the capabilities (AmbientCapabilities= of its systemd unit,"
                                + " --cap-add of its container).");
    }
}
