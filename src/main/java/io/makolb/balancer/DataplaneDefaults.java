package io.makolb.balancer;

import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the process's properties say of the interfaces; settings made through the API win.
 *
 * @param interfaces names, the first one's gateway serves as the default
 * @param mode where the program sits
 * @param gateway the next hop; absent: discovered
 * @param healthCheckInterfaces through which marked packets leave; empty: they are not forwarded
 */
public record DataplaneDefaults(
        List<String> interfaces, AttachMode mode, Optional<MacAddress> gateway, List<String> healthCheckInterfaces) {

    public DataplaneDefaults {
        interfaces = List.copyOf(interfaces);
        healthCheckInterfaces = List.copyOf(healthCheckInterfaces);
    }
}
