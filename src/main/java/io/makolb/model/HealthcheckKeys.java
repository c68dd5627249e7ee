package io.makolb.model;

import java.util.List;

/** The rule for destinations whose health checks are counted. */
final class HealthcheckKeys {

    private HealthcheckKeys() {}

    /** Packets are counted by their whole destination address. */
    static void check(VipId destination) {
        if (!destination.isHost()) {
            String message = destination + " is a prefix, and health checks are counted by whole addresses.";
            throw new Refusal(
                    Reason.INVALID_VALUE,
                    message,
                    "Name one address, such as "
                            + VipId.host(destination.address(), destination.port(), destination.protocol()) + ".",
                    List.of(new Violation("/prefixLength", "not-a-host", message)));
        }
    }
}
