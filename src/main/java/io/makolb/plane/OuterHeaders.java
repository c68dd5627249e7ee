package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.plane.MapLayout.Settings;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What outer headers consist of whatever the packet: addresses, ports, and the parts of checksums that never change. The sum of
 * a real's address is in the real's row, so that rows do not depend on settings.
 */
final class OuterHeaders {

    /** Version, header length, type of service 0. */
    private static final int VERSION_AND_LENGTH = 0x4500;

    private static final int TTL = 64;
    private static final int IPIP = 4;
    private static final int UDP = 17;

    private OuterHeaders() {}

    static void put(ByteBuffer cfg, ForwardingProperties forwarding, PlaneFeatures features) {
        boolean gue = features.encapsulation() == Encapsulation.GUE;
        byte[] crafted = forwarding.outerSourceV4();
        cfg.put(Settings.OUTER_V4_PREFIX, crafted);
        cfg.put(Settings.OUTER_V6_PREFIX, forwarding.outerSourceV6());
        cfg.putInt(Settings.OUTER_V4_CSUM, (int) (raw(VERSION_AND_LENGTH)
                + raw(TTL << 8 | (gue ? UDP : IPIP))
                + (gue ? sum(features.encapSourceV4()) : RawSum.of(crafted))));
        features.encapSourceV4().ifPresent(source -> cfg.put(Settings.SOURCE_V4, source.toBytes()));
        features.encapSourceV6().ifPresent(source -> cfg.put(Settings.SOURCE_V6, source.toBytes()));
        int portAndProtocol = raw(forwarding.guePort()) + raw(UDP);
        cfg.putInt(Settings.GUE_V4_CSUM, (int) (portAndProtocol + sum(features.encapSourceV4())));
        cfg.putInt(Settings.GUE_V6_CSUM, (int) (portAndProtocol + sum(features.encapSourceV6())));
        cfg.putShort(Settings.GUE_PORT, RawSum.word(forwarding.guePort()));
        cfg.put(Settings.ENCAPSULATION, (byte) features.encapsulation().ordinal());
    }

    private static int raw(int number) {
        return Short.toUnsignedInt(RawSum.word(number));
    }

    private static long sum(Optional<Address> address) {
        return address.map(RawSum::of).orElse(0L);
    }
}
