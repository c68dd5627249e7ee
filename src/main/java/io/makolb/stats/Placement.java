package io.makolb.stats;

import java.util.Optional;

/**
 * How the packets of the last interval found their real, each in percent (0..100) of the packets of VIPs. What is missing
 * to 100 was placed by other means, or dropped.
 *
 * @param hit placed by the connection table; in the numbers of a VIP, also by server ids
 * @param missSyn TCP SYNs placed by the ring: new connections
 * @param missNonSyn other TCP packets placed by the ring: connections that the table did not know
 * @param missUdp UDP packets placed by the ring
 */
public record Placement(double hit, double missSyn, double missNonSyn, double missUdp) {

    /** Everything that was not placed by the connection table, in percent. */
    public double miss() {
        return missSyn + missNonSyn + missUdp;
    }

    /** Shares of {@code packets}; absent when there was none. */
    static Optional<Placement> of(double packets, double hits, double missSyn, double missNonSyn, double missUdp) {
        return packets <= 0
                ? Optional.empty()
                : Optional.of(new Placement(
                        percent(hits, packets),
                        percent(missSyn, packets),
                        percent(missNonSyn, packets),
                        percent(missUdp, packets)));
    }

    // The kernel's counters are read while packets run, so that a part can be a few packets ahead of the whole.
    private static double percent(double part, double whole) {
        return Math.max(0, Math.min(100, 100 * part / whole));
    }
}
