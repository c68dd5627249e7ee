package io.makolb.plane;

import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import io.makolb.model.Refusal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the plane runs and how large it is.
 *
 * @param interfaces Network interfaces whose traffic is balanced; required. All share one set of tables.
 * @param mode Where the program sits: NATIVE (in the driver), GENERIC (in the network stack), or AUTO (native where the
 *     driver can, else generic with a warning).
 * @param gatewayMac MAC address of the router that encapsulated packets are sent to, or "auto": found in route and neighbour
 *     tables, and followed when it changes.
 * @param pinPath Directory of a BPF file system where tables and attachments outlive the process. Default: /run/mako/bpf
 *     where a BPF file system is mounted there, else /sys/fs/bpf/mako.
 * @param detachOnExit Whether a clean exit takes the program off the interfaces. Otherwise packets are forwarded on.
 * @param maxVips Room for VIPs. Each takes a ring, 128 KiB with the default ring size.
 * @param maxReals Room for reals, less one.
 * @param ringSize Slots of a VIP's ring: a prime number. Equal in all machines that share VIPs.
 * @param connectionTableSize Connections remembered per address family, over all forwarding CPUs: 16 bytes each for IPv4, 32 for IPv6.
 * @param globalConnectionTableSize Connections that can be imported, for each forwarding CPU: 48 bytes each, while
 *     mako.forwarding.global-connection-table is on.
 * @param maxSourceRoutes Room for source routes, of both address families together. They take memory only while there are any.
 * @param maxDecapDestinations Room for addresses at which tunnels end.
 * @param forwardingCores CPUs with a connection table of their own, such as 0-3,8; or "auto": all that are online.
 */
@ConfigurationProperties("mako.dataplane")
public record DataplaneProperties(
        @DefaultValue List<String> interfaces,
        @DefaultValue("AUTO") AttachMode mode,
        @DefaultValue(AUTO) String gatewayMac,
        @Nullable Path pinPath,
        @DefaultValue("false") boolean detachOnExit,
        @DefaultValue("512") int maxVips,
        @DefaultValue("4096") int maxReals,
        @DefaultValue("65537") int ringSize,
        @DefaultValue("8000000") int connectionTableSize,
        @DefaultValue("100000") int globalConnectionTableSize,
        @DefaultValue("3000000") int maxSourceRoutes,
        @DefaultValue("6") int maxDecapDestinations,
        @DefaultValue(AUTO) String forwardingCores) {

    /** Leave it to the process to find out. */
    static final String AUTO = "auto";

    private static final String PREFIX = "mako.dataplane.";

    public DataplaneProperties {
        interfaces = List.copyOf(interfaces);
        InvalidSettingException.require(
                !interfaces.isEmpty(),
                PREFIX + "interfaces",
                "",
                "no interface is named.",
                "Name the interface that faces the router, such as --mako.dataplane.interfaces=eth0.");
        InvalidSettingException.require(
                new HashSet<>(interfaces).size() == interfaces.size(),
                PREFIX + "interfaces",
                String.join(",", interfaces),
                "an interface is named twice.",
                "Name every interface once.");
        InvalidSettingException.requireRange(PREFIX + "max-vips", maxVips, 1, 32_768);
        InvalidSettingException.requireRange(PREFIX + "max-reals", maxReals, 2, 65_535);
        InvalidSettingException.require(
                ringSize <= 65_537 && isPrime(ringSize),
                PREFIX + "ring-size",
                ringSize,
                "it must be a prime number of at most 65537.",
                "Use 65537, or 16381 to save memory; all machines that share VIPs need the same.");
        InvalidSettingException.requireRange(
                PREFIX + "connection-table-size", connectionTableSize, 1_000, 1_000_000_000);
        InvalidSettingException.requireRange(
                PREFIX + "global-connection-table-size", globalConnectionTableSize, 1, 10_000_000);
        InvalidSettingException.requireRange(PREFIX + "max-source-routes", maxSourceRoutes, 1, 100_000_000);
        InvalidSettingException.requireRange(PREFIX + "max-decap-destinations", maxDecapDestinations, 1, 65_536);
        checkMac(gatewayMac);
        if (!forwardingCores.equals(AUTO)) {
            CpuList.parse(PREFIX + "forwarding-cores", forwardingCores);
        }
    }

    /** The gateway's MAC address; absent: it is to be found out. */
    public Optional<MacAddress> staticGateway() {
        return gatewayMac.equals(AUTO) ? Optional.empty() : Optional.of(MacAddress.parse(gatewayMac));
    }

    private static void checkMac(String mac) {
        if (mac.equals(AUTO)) {
            return;
        }
        try {
            MacAddress.parse(mac);
        } catch (Refusal e) {
            throw new InvalidSettingException(
                    PREFIX + "gateway-mac",
                    mac,
                    "it is no MAC address of an interface.",
                    "Write six pairs of hexadecimal digits, such as 02:00:00:00:02:01, or auto.");
        }
    }

    private static boolean isPrime(int number) {
        if (number < 3) {
            return number == 2;
        }
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
