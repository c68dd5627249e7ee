package io.makolb.reference;

/** Section 13: the outer headers. The client's packet is carried bit for bit, with whatever follows it in the frame. */
final class Encapsulation {

    private final Settings settings;

    Encapsulation(Settings settings) {
        this.settings = settings;
    }

    /**
     * The frame on its way to the real.
     *
     * @param frame as received
     * @param ip its IP header
     * @param client the source address of the flow as it was hashed
     * @param port the source port of the flow as it was looked up
     * @param real where to
     * @param gateway MAC address of the next hop
     */
    byte[] encapsulated(byte[] frame, IpHeader ip, Ip client, int port, Ip real, byte[] gateway) {
        if (ip.v6() && !real.v6()) {
            throw new IllegalArgumentException("an IPv6 client cannot be sent to " + real);
        }
        byte[] outer = settings.gue()
                .map(gue -> GueHeaders.of(gue, frame, ip, client, port, real))
                .orElseGet(() -> IpipHeader.of(settings, ip, client, port, real));
        byte[] ethernet =
                Ethernet.header(gateway, Ethernet.destination(frame), real.v6() ? Ethernet.IPV6 : Ethernet.IPV4);
        return Bytes.join(ethernet, outer, Ethernet.payload(frame));
    }
}
