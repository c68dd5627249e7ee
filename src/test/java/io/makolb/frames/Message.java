package io.makolb.frames;

/** A TCP segment or a UDP datagram, whichever the protocol asks for. */
record Message(int protocol, int sourcePort, int destinationPort, int flags, byte[] options, byte[] payload)
        implements Transported {

    /** The answer's ports. */
    Message turnedRound() {
        return new Message(protocol, destinationPort, sourcePort, flags, options, payload);
    }

    @Override
    public byte[] bytes(byte[] source, byte[] destination) {
        Transported message = protocol == TcpSegment.PROTOCOL
                ? new TcpSegment(sourcePort, destinationPort, flags, options, payload)
                : new UdpDatagram(sourcePort, destinationPort, payload);
        return message.bytes(source, destination);
    }
}
