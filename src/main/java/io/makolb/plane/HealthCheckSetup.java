package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.plane.MapLayout.HealthCheckSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the health-check program is loaded with: {@code struct mako_hc_settings}.
 *
 * @param encapsulation who writes the outer header
 * @param guePort UDP port of GUE; 0 = IP in IP
 * @param sourceV4 outer source of DIRECT towards IPv4 reals; absent: they cannot be reached
 * @param sourceV6 the same for IPv6 reals
 * @param tunnelV4 interface index of the device of TUNNEL for IPv4 reals; 0 = none
 * @param tunnelV6 the same for IPv6 reals
 * @param toGateway whether packets leave to the gateway of balanced ones
 * @param gatewayPerInterface whether each interface can have its own
 */
record HealthCheckSetup(
        HealthCheckEncapsulation encapsulation,
        int guePort,
        Optional<Address> sourceV4,
        Optional<Address> sourceV6,
        int tunnelV4,
        int tunnelV6,
        boolean toGateway,
        boolean gatewayPerInterface) {

    /** The port that Katran crafts the sources of health checks with. */
    private static final int CRAFTED_PORT = 31337;

    /** Whether packets can be sent to reals of this family. */
    boolean reaches(boolean ipv6) {
        return encapsulation == HealthCheckEncapsulation.TUNNEL
                ? (ipv6 ? tunnelV6 : tunnelV4) != 0
                : (ipv6 ? sourceV6 : sourceV4).isPresent();
    }

    /** The same with sources as balanced packets of a client with the present ones and {@value #CRAFTED_PORT} would get. */
    HealthCheckSetup crafted(byte[] prefixV4, byte[] prefixV6) {
        return new HealthCheckSetup(
                encapsulation,
                guePort,
                sourceV4.map(source -> craftedV4(prefixV4, source)),
                sourceV6.map(source -> craftedV6(prefixV6, source)),
                tunnelV4,
                tunnelV6,
                toGateway,
                gatewayPerInterface);
    }

    /** The content of the section .rodata.cfg. */
    byte[] bytes() {
        ByteBuffer cfg = ByteBuffer.allocate(HealthCheckSettings.SIZE).order(ByteOrder.nativeOrder());
        if (encapsulation == HealthCheckEncapsulation.TUNNEL) {
            cfg.put(HealthCheckSettings.TUNNEL, (byte) 1);
            cfg.putInt(HealthCheckSettings.TUNNEL_V4, tunnelV4);
            cfg.putInt(HealthCheckSettings.TUNNEL_V6, tunnelV6);
            return cfg.array();
        }
        sourceV4.ifPresent(source -> cfg.put(HealthCheckSettings.SOURCE_V4, source.toBytes()));
        sourceV6.ifPresent(source -> cfg.put(HealthCheckSettings.SOURCE_V6, source.toBytes()));
        cfg.putShort(HealthCheckSettings.GUE_PORT, Short.reverseBytes((short) guePort));
        cfg.put(HealthCheckSettings.GATEWAY, (byte) (toGateway ? 1 : 0));
        cfg.put(HealthCheckSettings.PER_INTERFACE_GATEWAY, (byte) (gatewayPerInterface ? 1 : 0));
        return cfg.array();
    }

    /** SHA-256 over settings and object: equal digests mean that the same program does the same. */
    byte[] digest(byte[] object) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes());
            return sha.digest(object);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Address craftedV4(byte[] prefix, Address source) {
        byte[] bytes = Arrays.copyOf(prefix, 4);
        byte[] client = source.toBytes();
        bytes[2] = (byte) (client[2] ^ CRAFTED_PORT);
        bytes[3] = (byte) (client[3] ^ CRAFTED_PORT >> 8);
        return Address.ofBytes(bytes);
    }

    private static Address craftedV6(byte[] prefix, Address source) {
        byte[] bytes = Arrays.copyOf(prefix, 16);
        byte[] client = source.toBytes();
        bytes[12] = (byte) (client[12] ^ CRAFTED_PORT >> 8);
        bytes[13] = (byte) (client[13] ^ CRAFTED_PORT);
        bytes[14] = client[14];
        bytes[15] = client[15];
        return Address.ofBytes(bytes);
    }
}
