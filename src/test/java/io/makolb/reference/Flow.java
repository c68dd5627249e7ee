package io.makolb.reference;

/**
 * A flow as it is looked up and hashed.
 *
 * @param source the client
 * @param destination the VIP
 * @param sourcePort the client's port
 * @param destinationPort the VIP's port
 * @param protocol 6 or 17
 * @param syn the segment has SYN set
 * @param rst the segment has RST set
 */
record Flow(Ip source, Ip destination, int sourcePort, int destinationPort, int protocol, boolean syn, boolean rst) {

    Flow withSourcePort(int port) {
        return new Flow(source, destination, port, destinationPort, protocol, syn, rst);
    }

    Flow withDestinationPort(int port) {
        return new Flow(source, destination, sourcePort, port, protocol, syn, rst);
    }

    Flow withSource(Ip address) {
        return new Flow(address, destination, sourcePort, destinationPort, protocol, syn, rst);
    }

    boolean udp() {
        return protocol == Service.UDP;
    }
}
