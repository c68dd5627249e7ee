package io.makolb.plane;

import io.makolb.linux.AssignedAddress;
import io.makolb.linux.Netlink;
import io.makolb.linux.NetworkLink;
import io.makolb.model.Address;
import io.makolb.model.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of this machine that GUE packets and health checks come from, and that tunnels end at where that is strict. A real
 * whose family has none cannot be reached with GUE.
 *
 * @param v4 towards IPv4 reals
 * @param v6 towards IPv6 reals
 */
record EncapSources(Optional<Address> v4, Optional<Address> v6) {

    /** Where nothing needs them. */
    static final EncapSources NONE = new EncapSources(Optional.empty(), Optional.empty());

    private static final String PROPERTY_V4 = "mako.forwarding.encap-source-v4";
    private static final String PROPERTY_V6 = "mako.forwarding.encap-source-v6";

    /**
     * What the properties say; where they leave it open, what the interfaces have, the first one's first.
     *
     * @throws InvalidSettingException they are needed, and there is no source of either family
     */
    static EncapSources of(ForwardingProperties forwarding, List<String> interfaces) {
        if (forwarding.encapsulation() != Encapsulation.GUE && !forwarding.strictDecapDestination()) {
            return NONE;
        }
        EncapSources sources = find(forwarding, interfaces);
        InvalidSettingException.require(
                sources.v4.isPresent() || sources.v6.isPresent(),
                PROPERTY_V4,
                forwarding.encapSourceV4(),
                (forwarding.encapsulation() == Encapsulation.GUE ? "GUE" : "mako.forwarding.strict-decap-destination")
                        + " needs an address of this machine, and " + String.join(", ", interfaces)
                        + " has no permanent global one of either family.",
                "Give the interface an address that does not expire, or set " + PROPERTY_V4 + " or " + PROPERTY_V6
                        + " to the address that packets to reals are to come from.");
        return sources;
    }

    /** The same, whoever needs them, and if there are none. */
    static EncapSources find(ForwardingProperties forwarding, List<String> interfaces) {
        Optional<Address> v4 = literal(PROPERTY_V4, forwarding.encapSourceV4(), false);
        Optional<Address> v6 = literal(PROPERTY_V6, forwarding.encapSourceV6(), true);
        if (v4.isEmpty() || v6.isEmpty()) {
            try (Netlink netlink = Netlink.open()) {
                List<AssignedAddress> assigned = netlink.addresses();
                List<Integer> indexes = interfaces.stream()
                        .flatMap(name -> netlink.link(name).map(NetworkLink::index).stream())
                        .toList();
                v4 = v4.or(() -> lasting(assigned, indexes, false));
                v6 = v6.or(() -> lasting(assigned, indexes, true));
            }
        }
        return new EncapSources(v4, v6);
    }

    /**
     * The address a property names; absent: it leaves it to be found.
     *
     * @throws InvalidSettingException it is no address of the family
     */
    static Optional<Address> literal(String property, String text, boolean ipv6) {
        if (text.equals(DataplaneProperties.AUTO)) {
            return Optional.empty();
        }
        Optional<Address> address = parse(text).filter(parsed -> parsed.ipv6() == ipv6);
        InvalidSettingException.require(
                address.isPresent(),
                property,
                text,
                "it is no IPv" + (ipv6 ? 6 : 4) + " address that packets can come from.",
                "Write an address of this machine, such as " + (ipv6 ? "2001:db8::2" : "10.0.0.2") + ", or auto.");
        return address;
    }

    private static Optional<Address> parse(String text) {
        try {
            return Optional.of(Address.parse(text));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Addresses that expire, are being checked or are valid on the link only would be gone tomorrow. */
    private static Optional<Address> lasting(List<AssignedAddress> assigned, List<Integer> indexes, boolean ipv6) {
        return indexes.stream()
                .flatMap(index -> assigned.stream().filter(one -> one.interfaceIndex() == index))
                .filter(one -> one.global() && one.permanent() && one.usable())
                .map(one -> Address.ofBytes(one.address().getAddress()))
                .filter(address -> address.ipv6() == ipv6)
                .findFirst();
    }
}
