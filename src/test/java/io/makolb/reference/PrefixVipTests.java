package io.makolb.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.IcmpMessage;
import io.makolb.frames.TcpSegment;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VIPs that are prefixes: section 6 of the model, and decision 1. Every VIP has one real, which tells who was found. */
class PrefixVipTests {

    private static final String CLIENT = "192.168.1.1";
    private static final String CLIENT_V6 = "fc00:9::1";
    private static final List<Service> SERVICES = List.of(
            prefix("10.0.0.0", 8, 80, "10.9.0.1"),
            prefix("10.1.0.0", 16, 80, "10.9.0.2"),
            prefix("10.1.2.0", 24, 0, "10.9.0.3"),
            prefix("10.1.2.3", 32, 80, "10.9.0.4"),
            prefix("10.1.2.4", 32, 0, "10.9.0.5"),
            prefix("0.0.0.0", 0, 443, "10.9.0.6"),
            prefix("fc00:2::", 96, 80, "fc00::1"),
            prefix("fc00:2::", 95, 80, "fc00::2"),
            prefix("::", 0, 81, "fc00::3"),
            prefix("fc00:2::", 128, 80, "fc00::4"));

    private final ReferenceBalancer balancer = new ReferenceBalancer(Settings.of(Lab.GATEWAY), SERVICES);

    private static Service prefix(String address, int length, int port, String real, Flag... flags) {
        return new Service(
                Ip.of(address), length, port, Service.TCP, Set.of(flags), false, List.of(Ip.of(real), Ip.of(real)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 80, 10.9.0.4",
        "10.1.2.4, 80, 10.9.0.2",
        "10.1.2.4, 81, 10.9.0.5",
        "10.1.2.9, 80, 10.9.0.2",
        "10.1.2.9, 81, 10.9.0.3",
        "10.1.3.0, 80, 10.9.0.2",
        "10.255.255.255, 80, 10.9.0.1",
        "11.0.0.0, 443, 10.9.0.6",
        "fc00:2::, 80, fc00::4",
        "fc00:2::1, 80, fc00::1",
        "fc00:2::ffff:ffff, 80, fc00::1",
        "fc00:2::1:0:0, 80, fc00::2",
        "ffff::, 81, fc00::3"
    })
    void thePortDecidesThenTheHostThenTheLongestPrefix(String destination, int port, String real) {
        assertThat(receive(destination, port).real()).contains(Ip.of(real));
    }

    @ParameterizedTest
    @CsvSource({"11.0.0.0, 80", "10.1.3.0, 81", "fc00:2::2:0:0, 80"})
    void whatNoPrefixCoversIsLeftToTheHost(String destination, int port) {
        assertThat(receive(destination, port).verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({"16, , 0", "32, , 80", "16, HASH_SRC_DST_PORT, 80", "16, DPORT_HASH, 80"})
    void aPrefixHidesThePortFromTheHashUnlessAFlagKeepsIt(int length, @Nullable Flag flag, int hashed) {
        Flag[] flags = flag == null ? new Flag[0] : new Flag[] {flag};
        Service service = prefix("10.1.0.0", length, 80, "10.9.0.2", flags);
        Flow flow = new Flow(Ip.of(CLIENT), Ip.of("10.1.0.0"), 1, 80, Service.TCP, false, false);

        assertThat(VipLookup.adapted(flow, service).destinationPort()).isEqualTo(hashed);
    }

    @Test
    void eachAddressOfAPrefixHasItsOwnConnections() {
        receive("10.1.9.1", 80);
        receive("10.1.9.2", 80);
        receive("10.1.9.1", 80);

        assertThat(balancer.tally().of(Counter.NEW_CONNECTIONS)).isEqualTo(2);
        assertThat(balancer.tally().of(Counter.TABLE_HITS)).isEqualTo(1);
    }

    @Test
    void everyAddressOfAPrefixAnswersPings() {
        ReferenceBalancer narrow =
                new ReferenceBalancer(Settings.of(Lab.GATEWAY), List.of(prefix("10.0.0.0", 8, 80, "10.9.0.1")));

        assertThat(narrow.receive(ping("10.77.0.1"), 0).verdict()).isEqualTo(Verdict.TX);
        assertThat(narrow.receive(ping("11.77.0.1"), 0).verdict()).isEqualTo(Verdict.PASS);
    }

    private Outcome receive(String destination, int port) {
        String client = Ip.of(destination).v6() ? CLIENT_V6 : CLIENT;
        return balancer.receive(Lab.tcp(client, 1, destination, port, TcpSegment.ACK), 0);
    }

    private static byte[] ping(String destination) {
        return Lab.frame(CLIENT, destination, IcmpMessage.echoRequest(false, 1, new byte[8]));
    }
}
