package io.makolb.plane;

import io.makolb.frames.Packets;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.Transported;
import io.makolb.frames.UdpDatagram;
import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TestRun;
import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.reference.Ip;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** VIPs, reals and frames that the plane's tests share. */
final class PlaneScene {

    static final PlaneLimits LIMITS = ForwardingPlaneContract.LIMITS;
    static final VipId WEB = VipId.host(Address.parse("10.200.1.1"), 80, Protocol.TCP);
    static final VipId DNS = VipId.host(Address.parse("2001:db8:200::53"), 53, Protocol.UDP);
    static final Address R1 = Address.parse("10.0.3.10");
    static final Address R2 = Address.parse("10.0.3.11");
    static final Address R3 = Address.parse("2001:db8:3::10");
    static final InterfaceImage UPLINK =
            new InterfaceImage(true, AttachMode.AUTO, Optional.of(MacAddress.parse("02:00:00:00:02:01")));

    /** {@code enum xdp_action} of linux/bpf.h. */
    static final int XDP_DROP = 1;

    static final int XDP_PASS = 2;
    static final int XDP_TX = 3;

    private static final int SYN = 2;
    private static final int OUTER_DESTINATION = 14 + 16;

    private PlaneScene() {}

    /** Two VIPs with three reals, a gateway, and the program on the interface. */
    static PlaneImage begin(ForwardingPlane plane) {
        return apply(
                plane,
                new PlanDraft(plane.read())
                        .changeInterface(TestMachine.INTERFACE, UPLINK)
                        .enterReal(R1)
                        .enterReal(R2)
                        .enterReal(R3)
                        .enterVip(WEB, Map.of(R1, 10, R2, 20))
                        .enterVip(DNS, Map.of(R3, 5)),
                1);
    }

    static PlaneImage apply(ForwardingPlane plane, PlanDraft draft, long revision) {
        StagedPlan staged = plane.stage(draft.plan(revision));
        staged.switchOver();
        staged.verify();
        return draft.image();
    }

    /** A SYN of some client to a VIP. */
    static byte[] syn(int client, VipId vip) {
        boolean ipv6 = vip.address().ipv6();
        Ip source = Ip.of(
                ipv6 ? "2001:db8:c::" + Integer.toHexString(client) : "10.9." + (client >> 8) + "." + (client & 0xff));
        return Packets.frame(
                source,
                Ip.of(vip.address().toString()),
                new TcpSegment(1024 + client % 60_000, vip.port() == 0 ? 4711 : vip.port(), SYN, new byte[0]));
    }

    /** The first packet of a connection to a VIP. */
    static byte[] first(Address client, int clientPort, VipId vip) {
        int port = vip.port() == 0 ? 4711 : vip.port();
        Transported message = vip.protocol() == Protocol.TCP
                ? new TcpSegment(clientPort, port, SYN, new byte[0])
                : new UdpDatagram(clientPort, port, new byte[0]);
        return Packets.frame(Ip.of(client.toBytes()), Ip.of(vip.address().toBytes()), message);
    }

    /** The IPv4 real that a frame leaves to; absent: it does not leave. */
    static Optional<Address> destination(BpfProgram program, byte[] frame) {
        TestRun run = program.testRun(frame);
        return run.verdict() != XDP_TX
                ? Optional.empty()
                : Optional.of(Address.ofBytes(
                        Arrays.copyOfRange(run.frame(), OUTER_DESTINATION, OUTER_DESTINATION + Integer.BYTES)));
    }
}
