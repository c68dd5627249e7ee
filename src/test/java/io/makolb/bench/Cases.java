package io.makolb.bench;

import io.makolb.model.Address;
import io.makolb.plane.Encapsulation;
import java.util.List;

/** The rows of the table. Katran's column and the targets are those of docs/performance.md. */
final class Cases {

    static final Address VIP_V4 = Address.parse("10.200.1.1");
    static final Address VIP_V4_TO_V6 = Address.parse("10.200.1.2");
    static final Address VIP_WITHOUT_TABLE = Address.parse("10.200.1.3");
    static final Address VIP_V6 = Address.parse("fc00:1::1");
    static final int PORT = 80;

    /** 74 ns against 28 of the floor. */
    private static final double NOT_A_VIP_KATRAN = 2.6;

    private static final Address NOBODY_V4 = Address.parse("10.201.1.1");
    private static final Address NOBODY_V6 = Address.parse("fc00:2::1");

    private Cases() {}

    static List<Case> of(Encapsulation encapsulation) {
        return encapsulation == Encapsulation.GUE ? gue() : ipip();
    }

    private static List<Case> gue() {
        Frame ack = Frame.ack(VIP_V4, PORT);
        Frame ackV6 = Frame.ack(VIP_V6, PORT);
        return List.of(
                found("GUE, IPv4 TCP, known flow", ack, 0, Floor.ENCAP28, 8.1, 2.0),
                found("GUE, IPv4 UDP, known flow", Frame.udp(VIP_V4, PORT), 0, Floor.ENCAP28, 9.6, 2.0),
                found("GUE, IPv4 TCP, IPv6 real", Frame.ack(VIP_V4_TO_V6, PORT), 0, Floor.ENCAP48, 8.2, 2.0),
                found("GUE, IPv6 TCP, known flow", ackV6, 0, Floor.ENCAP48, 8.6, 2.0),
                found("GUE, 100,000 flows", ack, 100_000, Floor.ENCAP28, 17, 6));
    }

    private static List<Case> ipip() {
        Frame ack = Frame.ack(VIP_V4, PORT);
        Frame ackV6 = Frame.ack(VIP_V6, PORT);
        return List.of(
                found("IPv4 TCP, known flow", ack, 0, Floor.ENCAP20, 3.6, 1.6),
                found("IPv4 UDP, known flow", Frame.udp(VIP_V4, PORT), 0, Floor.ENCAP20, 4.8, 2.0),
                found("IPv4 TCP, IPv6 real", Frame.ack(VIP_V4_TO_V6, PORT), 0, Floor.ENCAP40, 3.6, 2.0),
                found("IPv6 TCP, known flow", ackV6, 0, Floor.ENCAP40, 3.7, 2.0),
                new Case(
                        "not a VIP, IPv4",
                        Frame.ack(NOBODY_V4, PORT),
                        0,
                        Floor.TX,
                        NOT_A_VIP_KATRAN,
                        1.3,
                        Outcome.PASSED),
                new Case(
                        "not a VIP, IPv6",
                        Frame.ack(NOBODY_V6, PORT),
                        0,
                        Floor.TX,
                        NOT_A_VIP_KATRAN,
                        1.3,
                        Outcome.PASSED),
                selected("SYN, ring, not remembered", Frame.syn(VIP_WITHOUT_TABLE, PORT), 0, 4.3, 4.3),
                found("10,000 flows", ack, 10_000, Floor.ENCAP20, 8, 3.6),
                found("100,000 flows", ack, 100_000, Floor.ENCAP20, 12, 6),
                found("1,000,000 flows", ack, 1_000_000, Floor.ENCAP20, 14, 6),
                found("100,000 flows, IPv6", ackV6, 100_000, Floor.ENCAP40, 12, 6),
                selected("SYN, ring, remembered, 100,000 flows", Frame.syn(VIP_V4, PORT), 100_000, 22, 8));
    }

    private static Case found(String name, Frame frame, int flows, Floor floor, double katran, double target) {
        return new Case(name, frame, flows, floor, katran, target, Outcome.FOUND);
    }

    private static Case selected(String name, Frame frame, int flows, double katran, double target) {
        return new Case(name, frame, flows, Floor.ENCAP20, katran, target, Outcome.SELECTED);
    }
}
