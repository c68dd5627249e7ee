package io.makolb.stats;

/**
 * Counters of one real, over all VIPs that use it; or of the health checks to one destination.
 *
 * @param packets sent to it
 * @param bytes of them: IPv4 total length, IPv6 payload length
 */
public record RealStats(Counted packets, Counted bytes) {

    /** A real that had no packet yet. */
    public static final RealStats ZERO = new RealStats(Counted.ZERO, Counted.ZERO);

    /** Bits per second sent to it. */
    public double bitsPerSecond() {
        return Byte.SIZE * bytes.perSecond();
    }
}
