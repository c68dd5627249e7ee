package io.makolb.plane;

import io.makolb.model.HashFunction;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How packets are forwarded. Machines that share VIPs need equal seeds and ring sizes, and should have equal prefixes.
 *
 * @param encapsulation How packets travel to reals: IPIP (IP in IP) or GUE (generic UDP encapsulation).
 * @param guePort UDP port that reals expect GUE on.
 * @param encapSourceV4 Address that GUE packets to IPv4 reals come from, or "auto": the first permanent global address of the
 *     interfaces.
 * @param encapSourceV6 Address that GUE packets to IPv6 reals come from, or "auto".
 * @param inlineDecap Tunnels to this machine that are undone before packets are balanced: NONE, IPIP, GUE or IPIP,GUE.
 * @param strictDecapDestination Whether only tunnels to the encap sources and to configured decap destinations are undone; otherwise
 *     tunnels to any address are, and what was inside is left to the host.
 * @param ipipSourcePrefixV4 Outer IPv4 sources are this /16 prefix and 16 bits of the flow's hash.
 * @param ipipSourcePrefixV6 Outer IPv6 sources are this /96 prefix and 32 bits of the flow's hash.
 * @param maxFrameSize Longest frame that is forwarded, with its Ethernet header, in bytes.
 * @param icmpTooBig Whether senders of longer frames are told (ICMP fragmentation needed, ICMPv6 packet too big).
 * @param icmpTooBigRate How many of them are told per second and CPU.
 * @param hashSeedVips One of the two numbers the flow hash is seeded with. Katran's is its number of VIPs.
 * @param hashSeedRing The other one. Katran's is its ring size.
 * @param udpTimeout A UDP flow that is silent for longer is placed anew.
 * @param maxNewConnections Connections remembered per second and CPU; beyond, flows are placed by the ring alone.
 * @param vlan Whether frames with one VLAN tag (IEEE 802.1Q) are forwarded; the tag stays on them.
 * @param udpStableRouting Whether VIPs may have the flag UDP_STABLE_ROUTING: datagrams with a header that names a server id go to its real.
 * @param tcpServerIdRouting Whether TCP segments with an option that names a server id go to its real, on all VIPs.
 * @param globalConnectionTable Whether connections of other balancers can be imported; VIPs with the flag GLOBAL_LRU ask for them.
 * @param sourceRouting Whether VIPs with the flag SRC_ROUTING send clients of certain networks to reals of their own.
 * @param localDelivery Whether packets of VIPs with the flag LOCAL_VIP whose real is this machine are left to its own network stack.
 * @param prefixVips Whether VIPs may be prefixes; once there are any, packets of the host cost a look-up more.
 * @param defaultHashFunction How rings are generated where a VIP does not say: MAGLEV_V2 or MAGLEV.
 */
@ConfigurationProperties("mako.forwarding")
public record ForwardingProperties(
        @DefaultValue("IPIP") Encapsulation encapsulation,
        @DefaultValue("6080") int guePort,
        @DefaultValue(DataplaneProperties.AUTO) String encapSourceV4,
        @DefaultValue(DataplaneProperties.AUTO) String encapSourceV6,
        @DefaultValue("NONE") String inlineDecap,
        @DefaultValue("false") boolean strictDecapDestination,
        @DefaultValue("172.16.0.0/16") String ipipSourcePrefixV4,
        @DefaultValue("100::/96") String ipipSourcePrefixV6,
        @DefaultValue("1514") int maxFrameSize,
        @DefaultValue("true") boolean icmpTooBig,
        @DefaultValue("1000") int icmpTooBigRate,
        @DefaultValue("512") int hashSeedVips,
        @DefaultValue("65537") int hashSeedRing,
        @DefaultValue("30s") Duration udpTimeout,
        @DefaultValue("125000") int maxNewConnections,
        @DefaultValue("false") boolean vlan,
        @DefaultValue("false") boolean udpStableRouting,
        @DefaultValue("false") boolean tcpServerIdRouting,
        @DefaultValue("false") boolean globalConnectionTable,
        @DefaultValue("false") boolean sourceRouting,
        @DefaultValue("false") boolean localDelivery,
        @DefaultValue("false") boolean prefixVips,
        @DefaultValue("MAGLEV_V2") HashFunction defaultHashFunction) {

    private static final String PREFIX = "mako.forwarding.";

    public ForwardingProperties {
        tunnels(inlineDecap);
        InvalidSettingException.requireRange(PREFIX + "gue-port", guePort, 1, 65_535);
        EncapSources.literal(PREFIX + "encap-source-v4", encapSourceV4, false);
        EncapSources.literal(PREFIX + "encap-source-v6", encapSourceV6, true);
        SourcePrefix.parse(PREFIX + "ipip-source-prefix-v4", ipipSourcePrefixV4, 4, 16);
        SourcePrefix.parse(PREFIX + "ipip-source-prefix-v6", ipipSourcePrefixV6, 16, 96);
        InvalidSettingException.requireRange(PREFIX + "max-frame-size", maxFrameSize, 590, 9_014);
        InvalidSettingException.requireRange(PREFIX + "icmp-too-big-rate", icmpTooBigRate, 1, 1_000_000);
        InvalidSettingException.requireRange(PREFIX + "hash-seed-vips", hashSeedVips, 1, Integer.MAX_VALUE);
        InvalidSettingException.requireRange(PREFIX + "hash-seed-ring", hashSeedRing, 1, Integer.MAX_VALUE);
        InvalidSettingException.require(
                udpTimeout.compareTo(Duration.ofSeconds(1)) >= 0 && udpTimeout.compareTo(Duration.ofDays(1)) <= 0,
                PREFIX + "udp-timeout",
                udpTimeout,
                "it must be one second to one day.",
                "Use 30s, as Katran does.");
        InvalidSettingException.requireRange(PREFIX + "max-new-connections", maxNewConnections, 0, Integer.MAX_VALUE);
    }

    /** Tunnels that are undone. */
    Set<Encapsulation> inlineTunnels() {
        return tunnels(inlineDecap);
    }

    private static Set<Encapsulation> tunnels(String property) {
        Set<Encapsulation> tunnels = EnumSet.noneOf(Encapsulation.class);
        if (property.equals("NONE")) {
            return tunnels;
        }
        for (String name : property.split(",", -1)) {
            InvalidSettingException.require(
                    name.strip().matches("IPIP|GUE"),
                    PREFIX + "inline-decap",
                    property,
                    "'" + name.strip() + "' is no tunnel that can be undone.",
                    "Write NONE, IPIP, GUE or IPIP,GUE.");
            tunnels.add(Encapsulation.valueOf(name.strip()));
        }
        return tunnels;
    }

    /** Upper bytes of the outer IPv4 source. */
    byte[] outerSourceV4() {
        return SourcePrefix.parse(PREFIX + "ipip-source-prefix-v4", ipipSourcePrefixV4, 4, 16);
    }

    /** Upper bytes of the outer IPv6 source. */
    byte[] outerSourceV6() {
        return SourcePrefix.parse(PREFIX + "ipip-source-prefix-v6", ipipSourcePrefixV6, 16, 96);
    }
}
