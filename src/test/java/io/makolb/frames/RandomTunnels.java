package io.makolb.frames;

import io.makolb.reference.Bytes;
import io.makolb.reference.Ip;
import io.makolb.reference.Service;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** An endless sequence of frames of which most are inside a tunnel, or two; about every third is damaged. */
public final class RandomTunnels {

    private static final int ETHERNET = 14;
    private static final int IPIP = 4;
    private static final int IPV6_IN_IP = 41;

    private final RandomGenerator random;
    private final RandomFrames frames;
    private final List<Ip> ends;
    private final int guePort;

    /**
     * Starts a sequence.
     *
     * @param seed equal seeds give equal sequences
     * @param ends outer destinations
     */
    public RandomTunnels(long seed, List<Service> services, List<Ip> ends, int guePort) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.frames = new RandomFrames(seed, services);
        this.ends = List.copyOf(ends);
        this.guePort = guePort;
    }

    /** The next frame. */
    public byte[] next() {
        byte[] frame = frames.next();
        for (int depth = random.nextInt(8); depth > 0 && depth < 4; depth--) {
            frame = tunnelled(frame);
        }
        if (random.nextInt(6) > 0) {
            frame = tunnelled(frame);
        }
        if (random.nextInt(3) == 0) {
            Mutation[] all = Mutation.values();
            frame = all[random.nextInt(all.length)].apply(frame, random);
        }
        return frame;
    }

    private byte[] tunnelled(byte[] frame) {
        byte[] inner = Arrays.copyOfRange(frame, ETHERNET, frame.length);
        boolean innerV6 = inner.length > 0 ? inner[0] >> 4 == 6 : random.nextBoolean();
        if (random.nextInt(12) == 0 && inner.length > 8) {
            inner[innerV6 ? 7 : 8] = (byte) random.nextInt(3);
        }
        Ip end = ends.get(random.nextInt(ends.size()));
        Ip start = Ip.of(end.v6() ? "fc00:99::1" : "192.0.2.99");
        int announced = (random.nextInt(20) == 0) != innerV6 ? IPV6_IN_IP : IPIP;
        byte[] payload = inner;
        if (random.nextBoolean()) {
            int port = random.nextInt(15) == 0 ? guePort + 1 : guePort;
            announced = UdpDatagram.PROTOCOL;
            payload = Bytes.join(
                    Bytes.word(random.nextInt(65536)),
                    Bytes.word(port),
                    Bytes.word(8 + inner.length),
                    Bytes.word(0),
                    inner);
        }
        byte[] packet = end.v6()
                ? Packets.ipv6(start, end, 0, announced, payload)
                : Packets.ipv4(
                        start,
                        end,
                        0,
                        random.nextInt(25) == 0 ? 0x2000 : 0,
                        new byte[random.nextInt(25) == 0 ? 4 : 0],
                        announced,
                        payload);
        return Packets.frame(end.v6() ? Packets.IPV6 : Packets.IPV4, packet);
    }
}
