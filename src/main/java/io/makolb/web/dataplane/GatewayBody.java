package io.makolb.web.dataplane;

import io.makolb.model.MacAddress;
import io.makolb.model.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next hop of an interface in JSON. */
@Schema(name = "Gateway", description = "The next hop: every packet leaves to it")
public record GatewayBody(
        @Schema(
                description = "Its MAC address, or auto: as the properties say, else discovered and followed",
                defaultValue = "auto",
                example = "02:00:00:00:02:01")
        @Nullable String mac) {

    static final String AUTO = "auto";

    static GatewayBody of(Optional<MacAddress> gateway) {
        return new GatewayBody(gateway.map(MacAddress::toString).orElse(AUTO));
    }

    /**
     * The address; absent for auto.
     *
     * @param under JSON pointer of this object
     * @throws Refusal when it is neither
     */
    public Optional<MacAddress> toMac(String under) {
        if (mac == null || mac.equals(AUTO)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MacAddress.parse(mac));
        } catch (Refusal refusal) {
            throw refusal.under(under + "/mac");
        }
    }
}
