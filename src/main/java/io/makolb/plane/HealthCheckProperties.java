package io.makolb.plane;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Forwarding of health checks: packets that programs of this machine send with a mark (SO_MARK) go to the real of that mark.
 *
 * @param enabled Whether marked packets are forwarded.
 * @param encapsulation Who writes the outer header: DIRECT (the program, as for all other packets) or TUNNEL (the devices named
 *     below).
 * @param interfaceName Interface through which marked packets leave the machine. Default: those of mako.dataplane.interfaces.
 * @param tunnelV4 Device for IPv4 reals with TUNNEL, made with: ip link add NAME type ipip external.
 * @param tunnelV6 Device for IPv6 reals with TUNNEL, made with: ip link add NAME type ip6tnl external.
 * @param craftedSource Whether the outer source of DIRECT is made as for balanced packets, so that it passes where they do,
 *     instead of being an address of this machine.
 */
@ConfigurationProperties("mako.healthcheck")
public record HealthCheckProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("DIRECT") HealthCheckEncapsulation encapsulation,
        @Name("interface") @Nullable String interfaceName,
        @Nullable String tunnelV4,
        @Nullable String tunnelV6,
        @DefaultValue("false") boolean craftedSource) {

    private static final String PREFIX = "mako.healthcheck.";

    public HealthCheckProperties {
        boolean tunnel = encapsulation == HealthCheckEncapsulation.TUNNEL;
        InvalidSettingException.require(
                !tunnel || tunnelV4 != null || tunnelV6 != null,
                PREFIX + "encapsulation",
                encapsulation,
                "it needs a tunnel device.",
                "Name one with " + PREFIX + "tunnel-v4 or " + PREFIX + "tunnel-v6, or use DIRECT.");
        InvalidSettingException.require(
                !tunnel || !craftedSource,
                PREFIX + "crafted-source",
                craftedSource,
                "with TUNNEL the kernel chooses the outer source.",
                "Use DIRECT, or leave it out.");
    }

    /**
     * Interfaces through which marked packets leave; empty: they are not forwarded.
     *
     * @param forwarding the interfaces of the balancer
     */
    public List<String> interfaces(List<String> forwarding) {
        if (!enabled) {
            return List.of();
        }
        return interfaceName == null ? forwarding : List.of(interfaceName);
    }
}
