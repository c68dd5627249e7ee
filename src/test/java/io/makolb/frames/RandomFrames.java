package io.makolb.frames;

import io.makolb.reference.Bytes;
import io.makolb.reference.Ip;
import io.makolb.reference.Service;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * An endless sequence of frames towards given VIPs, the same for the same seed: mostly good traffic of a few hundred clients, so
 * that flows come back, then pings, errors, frames over the limit and strangers; about every third is damaged.
 */
public final class RandomFrames {

    private static final int CLIENTS = 24;
    private static final int CLIENT_PORTS = 12;
    private static final int LARGEST_FRAME = 3000;
    private static final int[] USUAL_FLAGS = {
        TcpSegment.SYN,
        TcpSegment.SYN | TcpSegment.ACK,
        TcpSegment.ACK,
        TcpSegment.ACK,
        TcpSegment.ACK,
        TcpSegment.FIN | TcpSegment.ACK,
        TcpSegment.RST,
        TcpSegment.RST | TcpSegment.ACK
    };

    private final RandomGenerator random;
    private final List<Service> services;
    private final RandomErrors errors;
    private final RandomIdentifiers identifiers;

    /**
     * Starts a sequence.
     *
     * @param seed equal seeds give equal sequences
     * @param services where the traffic goes, at least one
     */
    public RandomFrames(long seed, List<Service> services) {
        this(seed, services, List.of());
    }

    /**
     * Starts a sequence of packets that name reals.
     *
     * @param serverIds what they name them by, among others; empty: none do
     */
    public RandomFrames(long seed, List<Service> services, List<Integer> serverIds) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.services = List.copyOf(services);
        this.errors = new RandomErrors(random);
        this.identifiers = new RandomIdentifiers(random, serverIds);
    }

    /** The next frame, of 14 to {@value #LARGEST_FRAME} bytes and some more. */
    public byte[] next() {
        byte[] frame = undamaged();
        if (random.nextInt(3) == 0) {
            Mutation[] all = Mutation.values();
            frame = all[random.nextInt(all.length)].apply(frame, random);
        }
        return frame;
    }

    private byte[] undamaged() {
        Service service = services.get(random.nextInt(services.size()));
        Ip vip = addressOf(service);
        Ip client = client(vip.v6());
        int kind = random.nextInt(100);
        if (kind < 64) {
            return frame(client, vip, message(service, payloadLength()));
        } else if (kind < 80) {
            return frame(
                    errors.sender(client),
                    vip,
                    errors.about(vip, client, message(service, 16).turnedRound()));
        } else if (kind < 85) {
            return frame(client, vip, ping(vip.v6()));
        } else if (kind < 90) {
            return frame(client, stranger(vip), random.nextBoolean() ? message(service, 8) : ping(vip.v6()));
        } else if (kind < 94) {
            return frame(client, vip, message(service, random.nextInt(1440, LARGEST_FRAME - 74)));
        } else if (kind < 97) {
            return withOptionsOrFragmented(client, random.nextBoolean() ? vip : stranger(vip), service);
        } else if (kind < 98) {
            Ip mapped = mapped(vip);
            return frame(client(true), mapped, message(service, 4));
        }
        return frame(client, vip, new IcmpMessage(vip.v6(), random.nextInt(256), random.nextInt(8), 0, bytes(48)));
    }

    private byte[] frame(Ip source, Ip destination, Transported message) {
        int tos = random.nextInt(4) == 0 ? random.nextInt(256) : 0;
        byte[] packet = Packets.packet(source, destination, tos, message);
        return Packets.frame(source.v6() ? Packets.IPV6 : Packets.IPV4, packet);
    }

    private byte[] withOptionsOrFragmented(Ip client, Ip destination, Service service) {
        byte[] payload = message(service, 24).bytes(client.bytes(), destination.bytes());
        if (destination.v6()) {
            byte[] fragment = new byte[8];
            fragment[0] = (byte) service.protocol();
            int extension = random.nextBoolean() ? 44 : random.nextBoolean() ? 0 : 60;
            return Packets.frame(
                    Packets.IPV6, Packets.ipv6(client, destination, 0, extension, Bytes.join(fragment, payload)));
        }
        int bits = random.nextBoolean() ? random.nextInt(0x10000) : 0;
        byte[] options = new byte[random.nextInt(3) * 4];
        return Packets.frame(
                Packets.IPV4, Packets.ipv4(client, destination, 0, bits, options, service.protocol(), payload));
    }

    private Message message(Service service, int length) {
        int sourcePort = random.nextInt(20) == 0 ? random.nextInt(65536) : 30000 + 257 * random.nextInt(CLIENT_PORTS);
        int port = service.port() == 0 ? random.nextInt(4) * 443 : service.port();
        if (random.nextInt(25) == 0) {
            port = random.nextInt(65536);
        }
        int protocol = random.nextInt(40) == 0 ? Service.TCP + Service.UDP - service.protocol() : service.protocol();
        int flags = random.nextInt(10) == 0 ? random.nextInt(256) : USUAL_FLAGS[random.nextInt(USUAL_FLAGS.length)];
        return new Message(
                protocol, sourcePort, port, flags, identifiers.options(), identifiers.payload(service, bytes(length)));
    }

    private int payloadLength() {
        return random.nextInt(30) == 0 ? random.nextInt(1400, 1480) : random.nextInt(80);
    }

    private IcmpMessage ping(boolean v6) {
        IcmpMessage ping = IcmpMessage.echoRequest(v6, random.nextInt(), bytes(random.nextInt(64)));
        return random.nextInt(5) == 0
                ? new IcmpMessage(v6, ping.type(), random.nextInt(256), ping.word(), ping.payload())
                : ping;
    }

    private Ip client(boolean v6) {
        if (random.nextInt(50) == 0) {
            return Ip.of(bytes(v6 ? 16 : 4));
        }
        int host = 1 + random.nextInt(CLIENTS);
        return v6 ? Ip.of("fc00:2::" + Integer.toHexString(host)) : Ip.of("192.168.1." + host);
    }

    /** The VIP, or one of a few hosts of its prefix. */
    private Ip addressOf(Service service) {
        int hosts = Math.min(4, service.address().bits() - service.prefixLength());
        return new Ip(
                service.address().bits(),
                service.address().number().or(BigInteger.valueOf(random.nextInt(1 << hosts))));
    }

    /** A host beside the VIP. */
    private Ip stranger(Ip vip) {
        byte[] bytes = vip.bytes();
        bytes[bytes.length - 1 - random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Ip.of(bytes);
    }

    /** An IPv6 address that contains an IPv4 VIP. */
    private Ip mapped(Ip vip) {
        byte[] bytes = vip.bytes();
        byte[] mapped = new byte[16];
        if (bytes.length == 16) {
            return Ip.of(bytes);
        }
        if (random.nextBoolean()) {
            mapped[10] = -1;
            mapped[11] = -1;
            System.arraycopy(bytes, 0, mapped, 12, 4);
        } else {
            System.arraycopy(bytes, 0, mapped, 0, 4);
        }
        return Ip.of(mapped);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
