package io.makolb.stats;

import java.util.Optional;

/**
 * Counters of one VIP.
 *
 * @param packets sent on to a real
 * @param bytes of them: IPv4 total length, IPv6 payload length
 * @param missSyn TCP SYNs placed by the ring
 * @param missNonSyn other TCP packets placed by the ring
 * @param missUdp UDP packets placed by the ring
 * @param dropped packets of this VIP that were dropped, whatever the reason
 * @param serverIdNew connections about to get a server id: QUIC Initials, and with TCP server ids SYNs
 * @param serverIdMismatches packets whose server id named another real than the connection table
 * @param placement absent when no packet came during the last interval
 */
public record VipStats(
        Counted packets,
        Counted bytes,
        Counted missSyn,
        Counted missNonSyn,
        Counted missUdp,
        Counted dropped,
        Counted serverIdNew,
        Counted serverIdMismatches,
        Optional<Placement> placement) {

    /** A VIP that had no packet yet. */
    public static final VipStats ZERO = new VipStats(
            Counted.ZERO,
            Counted.ZERO,
            Counted.ZERO,
            Counted.ZERO,
            Counted.ZERO,
            Counted.ZERO,
            Counted.ZERO,
            Counted.ZERO,
            Optional.empty());

    /** Bits per second sent on to reals. */
    public double bitsPerSecond() {
        return Byte.SIZE * bytes.perSecond();
    }
}
