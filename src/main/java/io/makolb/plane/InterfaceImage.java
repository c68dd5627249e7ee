package io.makolb.plane;

import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import java.util.Optional;

/**
 * An interface and what the program does there.
 *
 * @param attached whether the program runs (or shall run) on it
 * @param mode wanted: any; read from the kernel: NATIVE or GENERIC while attached, else AUTO
 * @param gateway the next hop; absent = unknown, VIP packets are dropped and counted
 */
public record InterfaceImage(boolean attached, AttachMode mode, Optional<MacAddress> gateway) {

    /** Whether this, read from the kernel, is what {@code wanted} asks for: AUTO is content with either mode. */
    public boolean satisfies(InterfaceImage wanted) {
        return attached == wanted.attached
                && gateway.equals(wanted.gateway)
                && (!attached || wanted.mode == AttachMode.AUTO || mode == wanted.mode);
    }
}
