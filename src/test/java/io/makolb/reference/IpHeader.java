package io.makolb.reference;

/**
 * The fields of an IP header that forwarding looks at.
 *
 * @param transport offset of what follows the header
 * @param protocol protocol number or next header
 * @param tos type of service or traffic class
 * @param packetBytes IPv4 total length, IPv6 payload length, as the header says
 * @param source source address
 * @param destination destination address
 * @param options an IPv4 header that is not exactly 20 bytes long
 * @param fragment part of a larger packet
 */
record IpHeader(
        int transport,
        int protocol,
        int tos,
        int packetBytes,
        Ip source,
        Ip destination,
        boolean options,
        boolean fragment) {

    boolean v6() {
        return source.v6();
    }
}
