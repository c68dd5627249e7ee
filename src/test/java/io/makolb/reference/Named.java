package io.makolb.reference;

import java.util.Optional;

/**
 * Which real a packet names.
 *
 * @param real absent: none
 * @param unreachable it names one that it cannot be sent to, and must not go to another
 */
record Named(Optional<Ip> real, boolean unreachable) {

    static final Named NOBODY = new Named(Optional.empty(), false);

    static final Named UNREACHABLE = new Named(Optional.empty(), true);

    static Named of(Ip real) {
        return new Named(Optional.of(real), false);
    }
}
