package io.makolb.reference;

import java.util.Optional;

/** Section 5: ports and flags of TCP and UDP; what an ICMP error embeds is read with less at hand (decision 4). */
final class Transport {

    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int PORTS = 4;
    private static final int FLAGS_OFFSET = 13;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;

    private Transport() {}

    static boolean known(int protocol) {
        return protocol == Service.TCP || protocol == Service.UDP;
    }

    /** Absent: the transport header is not all there. */
    static Optional<Flow> ofPacket(byte[] frame, IpHeader ip) {
        int needed = ip.protocol() == Service.TCP ? TCP_HEADER : UDP_HEADER;
        if (!Bytes.present(frame, ip.transport(), needed)) {
            return Optional.empty();
        }
        return Optional.of(new Flow(
                ip.source(),
                ip.destination(),
                Bytes.u16(frame, ip.transport()),
                Bytes.u16(frame, ip.transport() + 2),
                ip.protocol(),
                flag(frame, ip, SYN),
                flag(frame, ip, RST)));
    }

    /** The flow an ICMP error is about, seen from the client's side: what the VIP sent comes back turned round. */
    static Optional<Flow> ofEmbedded(byte[] frame, IpHeader embedded) {
        if (!Bytes.present(frame, embedded.transport(), PORTS)) {
            return Optional.empty();
        }
        return Optional.of(new Flow(
                embedded.destination(),
                embedded.source(),
                Bytes.u16(frame, embedded.transport() + 2),
                Bytes.u16(frame, embedded.transport()),
                embedded.protocol(),
                flag(frame, embedded, SYN),
                flag(frame, embedded, RST)));
    }

    private static boolean flag(byte[] frame, IpHeader ip, int bit) {
        int offset = ip.transport() + FLAGS_OFFSET;
        return ip.protocol() == Service.TCP && Bytes.present(frame, offset, 1) && (Bytes.u8(frame, offset) & bit) != 0;
    }
}
