package io.makolb.plane;

import io.makolb.plane.MapLayout.Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/** What the program is loaded with: {@code struct mako_settings}. */
final class PlaneSettings {

    /** Wanted length of the unit in which connections remember when they were last used. */
    private static final double STAMP_SECONDS = 0.064;

    private final byte[] bytes;

    private PlaneSettings(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Settings of a plane.
     *
     * @param features what the properties and this machine make possible
     * @param hertz how fast the kernel's jiffies count
     * @param gatewayPerInterface whether frames leave to the gateway of the interface they came from
     */
    static PlaneSettings of(
            PlaneSizes sizes,
            ForwardingProperties forwarding,
            PlaneFeatures features,
            int hertz,
            boolean gatewayPerInterface) {
        int shift = stampShift(hertz);
        ByteBuffer cfg = ByteBuffer.allocate(Settings.SIZE).order(ByteOrder.nativeOrder());
        cfg.putInt(Settings.ADDRESS_BUCKETS, sizes.addressBuckets());
        cfg.putInt(Settings.SERVICE_BUCKETS, sizes.serviceBuckets());
        cfg.putInt(Settings.MAX_VIPS, sizes.maxVips());
        cfg.putInt(Settings.MAX_REALS, sizes.maxReals());
        cfg.putInt(Settings.RING_SIZE, sizes.ringSize());
        cfg.putInt(Settings.FLOW4_SETS, sizes.flowSets());
        cfg.putInt(Settings.FLOW6_SETS, sizes.flowSets());
        cfg.putInt(Settings.HASH_SEED, forwarding.hashSeedVips() * forwarding.hashSeedRing());
        cfg.putInt(Settings.HASH_SEED_V6, forwarding.hashSeedVips());
        cfg.putInt(Settings.HZ, hertz);
        cfg.putInt(Settings.STAMP_SHIFT, shift);
        cfg.putInt(Settings.UDP_TIMEOUT, stampUnits(forwarding.udpTimeout(), hertz, shift));
        cfg.putInt(Settings.REFRESH_AFTER, stampUnits(Duration.ofSeconds(1), hertz, shift));
        cfg.putInt(Settings.MAX_NEW_CONNECTIONS, forwarding.maxNewConnections());
        cfg.putInt(Settings.MAX_FRAME_SIZE, forwarding.maxFrameSize());
        cfg.putInt(Settings.TOO_BIG_RATE, forwarding.icmpTooBig() ? forwarding.icmpTooBigRate() : 0);
        cfg.put(Settings.DECAP, (byte) features.inlineDecap().stream()
                .mapToInt(tunnel -> 1 << tunnel.ordinal())
                .sum());
        cfg.put(Settings.DECAP_STRICT, (byte) (features.strictDecap() ? 1 : 0));
        OuterHeaders.put(cfg, forwarding, features);
        cfg.put(Settings.PER_INTERFACE_GATEWAY, (byte) (gatewayPerInterface ? 1 : 0));
        cfg.put(Settings.UDP_STABLE_ROUTING, (byte) (features.udpStableRouting() ? 1 : 0));
        cfg.put(Settings.TCP_SERVER_ID_ROUTING, (byte) (features.tcpServerIdRouting() ? 1 : 0));
        cfg.putInt(Settings.GLOBAL_SETS, sizes.globalSets());
        cfg.put(Settings.VLAN, (byte) (forwarding.vlan() ? 1 : 0));
        cfg.put(Settings.SOURCE_ROUTING, (byte) (forwarding.sourceRouting() ? 1 : 0));
        cfg.put(Settings.LOCAL_DELIVERY, (byte) (forwarding.localDelivery() ? 1 : 0));
        cfg.put(Settings.PREFIX_VIPS, (byte) (forwarding.prefixVips() ? 1 : 0));
        return new PlaneSettings(cfg.array());
    }

    /** The content of the section .rodata.cfg. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** SHA-256 over settings and object: equal digests mean that the same program does the same. */
    byte[] digest(byte[] object) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes);
            return sha.digest(object);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Jiffies shifted right by this are the unit of time stamps, as near to 64 ms as a power of two comes. */
    static int stampShift(int hertz) {
        return (int) Math.max(0, Math.round(Math.log(hertz * STAMP_SECONDS) / Math.log(2)));
    }

    static int stampUnits(Duration time, int hertz, int shift) {
        double jiffies = time.toMillis() / 1000.0 * hertz;
        return (int) Math.max(1, Math.round(jiffies / (1 << shift)));
    }
}
