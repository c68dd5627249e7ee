package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.util.List;
import java.util.Map;

/**
 * Every counter of the plane at one moment. Counters only grow, unless the plane was created anew.
 *
 * @param nanos monotonic time of the reading, {@link System#nanoTime()}
 * @param cpus counters of the whole plane by possible CPU; each is one name-to-value map with equal keys
 * @param vips summed over CPUs, by VIP
 * @param reals summed over CPUs, by real
 * @param healthchecks of destinations that are counted by themselves, summed over CPUs
 */
public record CounterSample(
        long nanos,
        List<Map<PlaneCounter, Long>> cpus,
        Map<VipId, VipCounters> vips,
        Map<Address, RealCounters> reals,
        Map<VipId, RealCounters> healthchecks) {

    /**
     * Counters of one VIP.
     *
     * @param bytes IPv4 total length and IPv6 payload length
     * @param serverIdNew QUIC Initials, and with TCP server ids SYNs
     * @param serverIdMismatches packets whose server id named another real than the connection table
     */
    public record VipCounters(
            long packets,
            long bytes,
            long missSyn,
            long missNonSyn,
            long missUdp,
            long dropped,
            long serverIdNew,
            long serverIdMismatches) {}

    /** Counters of one real, or of the health checks to one destination: these without Ethernet and outer header. */
    public record RealCounters(long packets, long bytes) {}
}
