package io.makolb.machine;

import io.makolb.balancer.HostAddresses;
import io.makolb.linux.AssignedAddress;
import io.makolb.linux.Netlink;
import io.makolb.model.Address;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of the machine itself, those of the loopback interface included. Kept up to date; answers from memory. */
final class HostAddressBook implements HostAddresses {

    private volatile Set<Address> addresses = Set.of();

    /** The addresses the machine has now. */
    static HostAddressBook read() {
        HostAddressBook book = new HostAddressBook();
        try (Netlink netlink = Netlink.open()) {
            book.update(netlink.addresses());
        }
        return book;
    }

    @Override
    public Set<Address> now() {
        return addresses;
    }

    void update(Collection<AssignedAddress> assigned) {
        addresses = assigned.stream()
                .map(one -> Address.ofBytes(one.address().getAddress()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
