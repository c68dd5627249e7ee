package io.makolb.plane;

import io.makolb.linux.Netlink;
import io.makolb.linux.NetworkLink;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the machine says of its interfaces now, in the calling thread's network namespace. */
final class MachineInterfaces {

    private MachineInterfaces() {}

    /** Its interface index; 0 = there is no such interface. */
    static int index(String name) {
        return find(name).map(NetworkLink::index).orElse(0);
    }

    /** Everything about it; absent: there is no such interface. */
    static Optional<NetworkLink> find(String name) {
        try (Netlink netlink = Netlink.open()) {
            return netlink.link(name);
        }
    }

    /** The names of all interfaces, for messages. */
    static String names() {
        try (Netlink netlink = Netlink.open()) {
            return netlink.links().stream().map(NetworkLink::name).sorted().collect(Collectors.joining(", "));
        }
    }
}
