package io.makolb.reference;

import java.util.List;
import java.util.Set;

/**
 * A VIP with what it forwards to.
 *
 * @param address what clients connect to
 * @param prefixLength how many bits of it count: 32 or 128 for a host
 * @param port 0 for every port
 * @param protocol 6 or 17
 * @param flags its flags
 * @param passWhenEmpty what happens to packets while it has no ring: true PASS, false DROP
 * @param ring the real of each slot; without slots = no ring
 */
public record Service(
        Ip address, int prefixLength, int port, int protocol, Set<Flag> flags, boolean passWhenEmpty, List<Ip> ring) {

    /** TCP's protocol number. */
    public static final int TCP = 6;

    /** UDP's protocol number. */
    public static final int UDP = 17;

    /** A VIP of one address. */
    public static Service host(
            Ip address, int port, int protocol, Set<Flag> flags, boolean passWhenEmpty, List<Ip> ring) {
        return new Service(address, address.bits(), port, protocol, flags, passWhenEmpty, ring);
    }

    /** What tells it from others, whatever becomes of it. */
    record Name(Ip address, int prefixLength, int port, int protocol) {}

    Name name() {
        return new Name(address, prefixLength, port, protocol);
    }

    boolean isHost() {
        return prefixLength == address.bits();
    }

    boolean covers(Ip destination) {
        int ignored = address.bits() - prefixLength;
        return destination.bits() == address.bits()
                && destination
                        .number()
                        .shiftRight(ignored)
                        .equals(address.number().shiftRight(ignored));
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength + " port " + port + " protocol " + protocol + " " + flags;
    }
}
