package io.makolb.model;

import java.util.Optional;

/**
 * What the operator set for one interface through the API. What is absent comes from the process's properties.
 *
 * @param mode where the program sits
 * @param gateway the next hop's MAC address; absent: discovered from route and neighbour tables
 */
public record InterfaceSettings(Optional<AttachMode> mode, Optional<MacAddress> gateway) {

    /** Nothing was set. */
    public static final InterfaceSettings DEFAULT = new InterfaceSettings(Optional.empty(), Optional.empty());
}
