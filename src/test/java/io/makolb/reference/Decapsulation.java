package io.makolb.reference;

import java.util.Optional;

/** Section 4: tunnels that end at this machine. */
final class Decapsulation {

    private static final int IPV4_INSIDE = 4;
    private static final int IPV6_INSIDE = 41;
    private static final int UDP_HEADER = 8;

    private final Settings settings;

    /**
     * A tunnelled packet.
     *
     * @param ip its outer header
     * @param inner offset of the inner header
     * @param version of the inner packet, as announced; 0 = its first nibble says it
     */
    record Tunnel(IpHeader ip, int inner, int version) {}

    Decapsulation(Settings settings) {
        this.settings = settings;
    }

    /** The tunnel of a frame. Absent: it has none, or one that is not undone: what is fragmented or has options is no whole one. */
    Optional<Tunnel> tunnel(byte[] frame) {
        if (!Bytes.present(frame, 0, Ethernet.HEADER)) {
            return Optional.empty();
        }
        Optional<IpHeader> ip = switch (Ethernet.type(frame)) {
            case Ethernet.IPV4 -> ParseIp.ipv4(frame, Ethernet.HEADER);
            case Ethernet.IPV6 -> ParseIp.ipv6(frame, Ethernet.HEADER);
            default -> Optional.empty();
        };
        return ip.filter(header -> !header.options() && !header.fragment()).flatMap(header -> tunnel(frame, header));
    }

    private Optional<Tunnel> tunnel(byte[] frame, IpHeader ip) {
        Settings.Decap decap = settings.decap();
        if (ip.protocol() == IPV4_INSIDE || ip.protocol() == IPV6_INSIDE) {
            return decap.ipip()
                    ? Optional.of(new Tunnel(ip, ip.transport(), ip.protocol() == IPV4_INSIDE ? 4 : 6))
                    : Optional.empty();
        }
        boolean gue = decap.guePort() != 0
                && ip.protocol() == Service.UDP
                && Bytes.present(frame, ip.transport(), UDP_HEADER)
                && Bytes.u16(frame, ip.transport() + 2) == decap.guePort();
        return gue ? Optional.of(new Tunnel(ip, ip.transport() + UDP_HEADER, 0)) : Optional.empty();
    }

    /** With the strict setting, what is neither to this machine nor to a configured destination stays as it is. */
    boolean foreign(Ip destination) {
        Settings.Decap decap = settings.decap();
        return decap.strict() && !destination.equals(destination.v6() ? decap.ownV6() : decap.ownV4());
    }

    /** Version of the packet inside; absent: it is not there, not all of its header, or not what was announced. */
    static Optional<Integer> version(byte[] frame, Tunnel tunnel) {
        if (!Bytes.present(frame, tunnel.inner(), 1)) {
            return Optional.empty();
        }
        int version = Bytes.u8(frame, tunnel.inner()) >> 4;
        boolean announced = tunnel.version() == 0 ? version == 4 || version == 6 : version == tunnel.version();
        return announced ? Optional.of(version) : Optional.empty();
    }

    /** Whether the header of the packet inside is cut off. */
    static boolean truncated(byte[] frame, Tunnel tunnel) {
        return !Bytes.present(frame, tunnel.inner(), 1)
                || version(frame, tunnel)
                        .filter(version -> !Bytes.present(
                                frame, tunnel.inner(), version == 6 ? ParseIp.IPV6_HEADER : ParseIp.IPV4_HEADER))
                        .isPresent();
    }

    /** The frame without the tunnel, one hop older. Absent: the packet inside has no hop left. */
    static Optional<byte[]> undone(byte[] frame, Tunnel tunnel, int version) {
        byte[] packet = Bytes.slice(frame, tunnel.inner(), frame.length - tunnel.inner());
        int ttl = version == 6 ? 7 : 8;
        if (Bytes.u8(packet, ttl) <= 1) {
            return Optional.empty();
        }
        packet[ttl]--;
        if (version == 4) {
            int checksum = Bytes.u16(packet, 10) + 0x100;
            Bytes.put16(packet, 10, checksum > 0xFFFF ? checksum - 0xFFFF : checksum);
        }
        byte[] ethernet = Ethernet.header(
                Ethernet.destination(frame), Ethernet.source(frame), version == 6 ? Ethernet.IPV6 : Ethernet.IPV4);
        return Optional.of(Bytes.join(ethernet, packet));
    }
}
