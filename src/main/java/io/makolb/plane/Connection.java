package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection that a table remembers. It may have ended: nobody says goodbye to a balancer.
 *
 * @param vip where it goes to
 * @param real who serves it
 * @param destination the address of the VIP that the client sends to
 * @param client where it comes from
 * @param clientPort of the client; 0 where the VIP does not look at it
 * @param port at the VIP; 0 where the VIP does not look at it
 * @param silent for how long no packet of it was seen; absent: nobody knows
 * @param table where it is remembered
 * @param cpu whose table that is; -1 where CPUs share it
 */
public record Connection(
        VipId vip,
        Address real,
        Address destination,
        Address client,
        int clientPort,
        int port,
        Optional<Duration> silent,
        Table table,
        int cpu) {

    /** The tables there are. */
    public enum Table {
        /** That of a CPU. */
        CPU,
        /** The global one, which is filled from outside and asked after the one of the CPU. */
        GLOBAL,
        /** That of the CPUs that have none of their own. */
        FALLBACK
    }
}
