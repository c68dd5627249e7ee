package io.makolb.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Section 8: which real a number in a packet stands for. Valid are 1 to 0x00FFFFFD (decision 15); all others stand for none. */
final class ServerIds {

    private static final long FIRST = 1;
    private static final long LAST = 0x00FFFFFDL;

    private final Map<Long, Ip> reals = new HashMap<>();

    /** From now on the id stands for this real; absent: for none. */
    void put(long id, Optional<Ip> real) {
        if (id < FIRST || id > LAST) {
            throw new IllegalArgumentException("No server id: " + id);
        }
        real.ifPresentOrElse(known -> reals.put(id, known), () -> reals.remove(id));
    }

    Optional<Ip> real(long id) {
        return Optional.ofNullable(reals.get(id));
    }

    /** IPv6 does not travel to an IPv4 real (decision 13). */
    static boolean reaches(IpHeader ip, Ip real) {
        return real.v6() || !ip.v6();
    }
}
