package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.reference.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange as QUIC has it: the server chooses a connection id that names it, and the client comes from elsewhere. */
@LabTest
class QuicTests {

    private static final int CLIENTS = 20;
    private static final int PORTS = 10;
    private static final int PAYLOAD = 32;

    /** Server ids of s1 and s2, in an id of any format. */
    private static final List<Integer> IDS = List.of(1001, 1002);

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        lab = Lab.up();
        mako = Mako.start(lab).awaitReady();
        serve(Lab.VIP, "10.77.11.2", "10.77.12.2");
        serve(Lab.VIP6, "fd77:11::2", "fd77:12::2");
    }

    private static void serve(String vip, String... reals) {
        mako.api().vip(vip + "-7-udp", reals);
        mako.api().put("/api/v1/vips/" + vip + "-7-udp", "{\"flags\":[\"QUIC_VIP\"]}");
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Lab.VIP, Lab.VIP6})
    void anExchangeSurvivesItsClientsNewPort(String vip) {
        name(vip.equals(Lab.VIP) ? "10.77.11.2" : "fd77:11::2", vip.equals(Lab.VIP) ? "10.77.12.2" : "fd77:12::2");
        Set<String> servers = new HashSet<>();
        try (Datagrams clients = Datagrams.to(lab, vip)) {
            for (int client = 0; client < CLIENTS; client++) {
                String server = clients.ask(client, initial(client));
                servers.add(server);
                byte[] named = shortHeader(IDS.get(Integer.parseInt(server.substring(1)) - 1));

                for (int port = 0; port < PORTS; port++) {
                    assertThat(clients.ask(client, named))
                            .as("client " + client)
                            .isEqualTo(server);
                    clients.takeNewPort(client);
                }
            }
        }
        assertThat(servers).containsExactlyInAnyOrder("s1", "s2");
    }

    /** What the test above would see of a balancer that does not look into datagrams. */
    @Test
    void withoutAServersNameANewPortIsANewFlow() {
        Set<String> servers = new HashSet<>();
        try (Datagrams client = Datagrams.to(lab, Lab.VIP)) {
            for (int port = 0; port < PORTS * CLIENTS; port++) {
                servers.add(client.ask(0, shortHeader(0)));
                client.takeNewPort(0);
            }
        }
        assertThat(servers).containsExactlyInAnyOrder("s1", "s2");
    }

    private static void name(String... reals) {
        for (int i = 0; i < reals.length; i++) {
            mako.api().put("/api/v1/quic-server-ids/" + IDS.get(i), "{\"real\":\"" + reals[i] + "\"}");
        }
    }

    /** RFC 9000, 17.2.2: the client has chosen this connection id, and it names nobody. */
    private static byte[] initial(int client) {
        return Bytes.join(Bytes.of(0xC0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, client), new byte[PAYLOAD]);
    }

    /** RFC 9000, 17.3.1, with a connection id that begins with a server id of 16 bits; 0: nobody. */
    private static byte[] shortHeader(int id) {
        return Bytes.join(
                Bytes.of(0x40, 0x40 | id >> 10 & 0x3F, id >> 2 & 0xFF, (id & 3) << 6, 0, 0, 0, 0, 0),
                new byte[PAYLOAD]);
    }
}
