package io.makolb.plane;

import io.makolb.model.Address;
import java.util.Optional;
import java.util.Set;

/**
 * What the forwarding program was loaded with and without.
 *
 * @param encapsulation how packets travel to reals
 * @param encapSourceV4 where they come from, if the encapsulation does not craft it; absent: IPv4 reals cannot be reached
 * @param encapSourceV6 the same for IPv6 reals
 * @param vlan whether frames with a VLAN tag are forwarded
 * @param icmpTooBig whether senders of frames that are too long are told
 * @param inlineDecap tunnels to this machine that are undone
 * @param strictDecap whether only those to the sources and to configured destinations are
 * @param udpStableRouting whether server ids in UDP headers are looked for, where a VIP asks for it
 * @param tcpServerIdRouting whether server ids in TCP options are
 * @param globalConnectionTable whether connections can be imported from other balancers
 * @param sourceRouting whether clients of certain networks can have reals of their own
 * @param localDelivery whether packets to a real that is this machine can be left to it
 * @param prefixVips whether VIPs may be prefixes
 */
public record PlaneFeatures(
        Encapsulation encapsulation,
        Optional<Address> encapSourceV4,
        Optional<Address> encapSourceV6,
        boolean vlan,
        boolean icmpTooBig,
        Set<Encapsulation> inlineDecap,
        boolean strictDecap,
        boolean udpStableRouting,
        boolean tcpServerIdRouting,
        boolean globalConnectionTable,
        boolean sourceRouting,
        boolean localDelivery,
        boolean prefixVips) {

    public PlaneFeatures {
        inlineDecap = Set.copyOf(inlineDecap);
    }

    /** The defaults. */
    public static final PlaneFeatures DEFAULT = new PlaneFeatures(
            Encapsulation.IPIP,
            Optional.empty(),
            Optional.empty(),
            false,
            true,
            Set.of(),
            false,
            false,
            false,
            false,
            false,
            false,
            false);

    /**
     * What the properties ask for.
     *
     * @throws InvalidSettingException this machine cannot do it
     */
    static PlaneFeatures of(DataplaneProperties dataplane, ForwardingProperties forwarding) {
        EncapSources sources = EncapSources.of(forwarding, dataplane.interfaces());
        return new PlaneFeatures(
                forwarding.encapsulation(),
                sources.v4(),
                sources.v6(),
                forwarding.vlan(),
                forwarding.icmpTooBig(),
                forwarding.inlineTunnels(),
                forwarding.strictDecapDestination(),
                forwarding.udpStableRouting(),
                forwarding.tcpServerIdRouting(),
                forwarding.globalConnectionTable(),
                forwarding.sourceRouting(),
                forwarding.localDelivery(),
                forwarding.prefixVips());
    }

    /** Whether packets can be sent to a real of this family. */
    public boolean reaches(boolean ipv6) {
        return encapsulation == Encapsulation.IPIP || (ipv6 ? encapSourceV6 : encapSourceV4).isPresent();
    }
}
