package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.libbpf.BpfLink;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import io.makolb.plane.LoadedHealthCheck.Settings;
import io.makolb.reference.Ip;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.Commands;
import io.makolb.sandbox.PrivateNetwork;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tunnel device is told. Another device stands in for it, with a program that writes down what it sees. */
@BpfTest
class HealthCheckTunnelTests {

    private static final String SEND = "import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
            + " s.setsockopt(socket.SOL_SOCKET, 36, int(sys.argv[1])); s.sendto(b'are you there?', ('10.200.1.1', 80))";

    private PrivateNetwork network;
    private BpfObject noting;
    private LoadedHealthCheck check;
    private BpfLink tunnelLink;
    private BpfLink uplinkLink;

    @BeforeEach
    void build() throws Exception {
        network = PrivateNetwork.create();
        network.addVeth("uplink", "router");
        network.addVeth("tunnel", "end");
        network.ip("addr", "add", "192.0.2.1/24", "dev", "uplink");
        network.ip("neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "uplink", "nud", "permanent");
        network.ip("route", "add", "default", "via", "192.0.2.2");
        try (InputStream egress = HealthCheckTunnelTests.class.getResourceAsStream("/bpf/egress.bpf.o")) {
            noting = BpfObject.open("egress", Objects.requireNonNull(egress).readAllBytes());
        }
        noting.load();
        int tunnel = network.indexOf("tunnel");
        check = new LoadedHealthCheck(new Settings().tunnels(tunnel, tunnel));
        int uplink = network.indexOf("uplink");
        uplinkLink = network.call(() -> BpfLink.attachEgress(check.program(), uplink));
        try (BpfProgram note = noting.program("note")) {
            tunnelLink = network.call(() -> BpfLink.attachEgress(note, tunnel));
        }
    }

    @AfterEach
    void tearDown() {
        tunnelLink.close();
        uplinkLink.close();
        check.close();
        noting.close();
        network.close();
    }

    @Test
    void itLearnsTheIpv4RealOfThePacket() {
        check.mark(1000, Ip.of("10.0.0.1"));

        ByteBuffer note = noteOf(1000);

        assertThat(note.getInt(4)).as("mark").isZero();
        assertThat(note.getInt(8)).as("ttl").isEqualTo(64);
        assertThat(note.getInt(12)).isEqualTo(0x0a000001);
    }

    @Test
    void itLearnsTheIpv6RealOfThePacket() {
        check.mark(1001, Ip.of("fc00::1"));

        ByteBuffer note = noteOf(1001);

        byte[] real = new byte[16];
        note.get(16, real);
        assertThat(note.getInt(8)).as("ttl").isEqualTo(64);
        assertThat(real).isEqualTo(Ip.of("fc00::1").bytes());
    }

    private ByteBuffer noteOf(int mark) {
        Commands.run("ip", "netns", "exec", network.name(), "python3", "-c", SEND, String.valueOf(mark));
        try (BpfMap notes = noting.map("notes")) {
            ByteBuffer note = ByteBuffer.allocate(notes.valueBytes()).order(ByteOrder.nativeOrder());
            notes.lookup(0, note);
            return note;
        }
    }
}
