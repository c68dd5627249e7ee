package io.makolb.reference;

import java.time.Duration;
import java.util.Optional;

/**
 * What is set before the first packet.
 *
 * @param gateway MAC address of the next hop, 6 bytes; absent: not known yet
 * @param hashSeedV4 SEED of section 11.1
 * @param hashSeedV6 SEED6 of section 11.1
 * @param outerPrefixV4 first 2 bytes of the outer IPv4 source
 * @param outerPrefixV6 first 12 bytes of the outer IPv6 source
 * @param maxFrameSize longest frame that is forwarded, with Ethernet header
 * @param tooBigRate too-big replies per second; 0 = none
 * @param udpTimeoutNanos silence after which a UDP flow is chosen anew
 * @param maxNewConnections flows remembered per second
 */
public record Settings(
        Optional<byte[]> gateway,
        int hashSeedV4,
        int hashSeedV6,
        byte[] outerPrefixV4,
        byte[] outerPrefixV6,
        int maxFrameSize,
        int tooBigRate,
        long udpTimeoutNanos,
        int maxNewConnections) {

    private static final int SEED_VIPS = 512;
    private static final int SEED_RING = 65537;

    /** The defaults, with a gateway. */
    public static Settings of(byte... gateway) {
        return new Settings(
                Optional.of(gateway),
                SEED_VIPS * SEED_RING,
                SEED_VIPS,
                Bytes.of(172, 16),
                Bytes.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                1514,
                1000,
                30_000_000_000L,
                125_000);
    }

    /** The same with another limit of too-big replies. */
    public Settings withTooBigRate(int rate) {
        return new Settings(
                gateway,
                hashSeedV4,
                hashSeedV6,
                outerPrefixV4,
                outerPrefixV6,
                maxFrameSize,
                rate,
                udpTimeoutNanos,
                maxNewConnections);
    }

    /** The same with another limit of new connections. */
    public Settings withMaxNewConnections(int limit) {
        return new Settings(
                gateway,
                hashSeedV4,
                hashSeedV6,
                outerPrefixV4,
                outerPrefixV6,
                maxFrameSize,
                tooBigRate,
                udpTimeoutNanos,
                limit);
    }

    /** The same with another time of silence. */
    public Settings withUdpTimeout(Duration timeout) {
        return new Settings(
                gateway,
                hashSeedV4,
                hashSeedV6,
                outerPrefixV4,
                outerPrefixV6,
                maxFrameSize,
                tooBigRate,
                timeout.toNanos(),
                maxNewConnections);
    }

    /** The same before the gateway was found. */
    public Settings withoutGateway() {
        return new Settings(
                Optional.empty(),
                hashSeedV4,
                hashSeedV6,
                outerPrefixV4,
                outerPrefixV6,
                maxFrameSize,
                tooBigRate,
                udpTimeoutNanos,
                maxNewConnections);
    }
}
