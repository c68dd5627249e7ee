package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.Prefix;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.Optional;

/**
 * Which connections are meant: those for which all of this holds.
 *
 * @param vip their VIP
 * @param real their real
 * @param client where they come from
 * @param silentAtMost for how long no packet was seen; connections of which nobody knows it are among those that are meant
 */
public record ConnectionFilter(
        Optional<VipId> vip, Optional<Address> real, Optional<Prefix> client, Optional<Duration> silentAtMost) {

    /** Every connection. */
    public static final ConnectionFilter ALL =
            new ConnectionFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The connections of a VIP. */
    public static ConnectionFilter of(VipId vip) {
        return new ConnectionFilter(Optional.of(vip), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The connections to a real. */
    public static ConnectionFilter of(Address real) {
        return new ConnectionFilter(Optional.empty(), Optional.of(real), Optional.empty(), Optional.empty());
    }

    /** Whether this is every connection. */
    public boolean isEmpty() {
        return equals(ALL);
    }

    boolean has(VipId candidate) {
        return vip.isEmpty() || vip.get().equals(candidate);
    }

    boolean has(Address candidate) {
        return real.isEmpty() || real.get().equals(candidate);
    }

    boolean hasClient(Address candidate) {
        return client.isEmpty() || client.get().contains(candidate);
    }

    boolean hasSilence(Optional<Duration> silent) {
        return silentAtMost.isEmpty() || silent.isEmpty() || silent.get().compareTo(silentAtMost.get()) <= 0;
    }
}
