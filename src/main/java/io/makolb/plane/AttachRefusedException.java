package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.XdpMode;
import io.makolb.linux.NetworkLink;
import io.makolb.linux.NetworkLink.AttachedXdp;
import java.util.Optional;

/** The kernel does not let the program run on an interface. */
public final class AttachRefusedException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final int ERANGE = 34;

    private static final String USE_GENERIC = "Set mako.dataplane.mode to AUTO or GENERIC (slower, on every driver).";

    private AttachRefusedException(String description, String action, BpfException cause) {
        super(description, action, cause.errno(), cause);
    }

    /** Says why, in terms of the interface. */
    static AttachRefusedException of(
            String interfaceName, XdpMode mode, Optional<NetworkLink> link, BpfException cause) {
        String what = mode == XdpMode.NATIVE ? "in its driver (NATIVE)" : "in the network stack (GENERIC)";
        String refusal = "The program cannot run on " + interfaceName + " " + what + ": ";
        if (cause.isBusy() || cause.isExists()) {
            return new AttachRefusedException(
                    refusal + "another XDP program" + other(link) + " is attached there.",
                    "See which with 'ip -details link show " + interfaceName + "' and detach it with 'ip link set "
                            + interfaceName + " xdp off', or stop the program that owns it.",
                    cause);
        }
        if (interfaceName.equals("lo") && mode == XdpMode.NATIVE) {
            return new AttachRefusedException(
                    refusal + "lo has no driver.",
                    USE_GENERIC + " For real traffic, name the interface that faces the router.",
                    cause);
        }
        if (cause.errno() == ERANGE || (cause.errno() == EINVAL && mode == XdpMode.NATIVE)) {
            return new AttachRefusedException(
                    refusal + "its MTU"
                            + link.map(found -> " of " + found.mtu()).orElse("")
                            + " is more than its driver takes for native XDP, or an offload such as LRO is in the way.",
                    "Lower it with 'ip link set " + interfaceName + " mtu 1500' (of a veth, on both ends). Or: "
                            + USE_GENERIC,
                    cause);
        }
        if (cause.errno() == ENOSPC) {
            return new AttachRefusedException(
                    refusal + "its driver has too few queues left for native XDP.",
                    "Give it fewer with 'ethtool -L " + interfaceName + " combined N'. Or: " + USE_GENERIC,
                    cause);
        }
        if (cause.isNotSupported()) {
            return new AttachRefusedException(refusal + "its driver has no native XDP.", USE_GENERIC, cause);
        }
        return new AttachRefusedException(refusal + cause.getMessage(), USE_GENERIC, cause);
    }

    private static String other(Optional<NetworkLink> link) {
        return link.flatMap(NetworkLink::xdp)
                .map(AttachedXdp::programId)
                .filter(id -> id != 0)
                .map(id -> " (id " + id + ")")
                .orElse("");
    }
}
