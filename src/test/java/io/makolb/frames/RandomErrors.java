package io.makolb.frames;

import io.makolb.reference.Ip;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** ICMP errors about what a VIP's real sent to a client. */
final class RandomErrors {

    private static final int[] MTUS = {0, 576, 1279, 1280, 1400, 1500, 65535};

    private final RandomGenerator random;

    RandomErrors(RandomGenerator random) {
        this.random = random;
    }

    /** The client itself or some router. */
    Ip sender(Ip client) {
        if (random.nextBoolean()) {
            return client;
        }
        return client.v6() ? Ip.of("fc00:7::1") : Ip.of("192.0.2.1");
    }

    IcmpMessage about(Ip vip, Ip client, Message sent) {
        boolean v6 = vip.v6();
        byte[] packet = Packets.packet(vip, client, 0, sent);
        if (random.nextInt(3) == 0) {
            int header = v6 ? 40 : 20;
            packet = Arrays.copyOf(packet, Math.min(packet.length, header + random.nextInt(24)));
        }
        if (!v6 && random.nextInt(20) == 0) {
            packet[0] = (byte) (0x40 | random.nextInt(16));
        }
        return switch (random.nextInt(5)) {
            case 0 -> IcmpMessage.unreachable(v6, random.nextInt(5), packet);
            case 1 -> new IcmpMessage(v6, v6 ? 3 : 11, 0, 0, packet);
            case 2 -> new IcmpMessage(v6, v6 ? 2 : 3, random.nextInt(5), 1280 + random.nextInt(200), packet);
            default -> IcmpMessage.tooBig(v6, MTUS[random.nextInt(MTUS.length)], packet);
        };
    }
}
