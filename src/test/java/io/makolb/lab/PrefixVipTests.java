package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A VIP that is a prefix, with sockets: several of its addresses, both families, and what becomes of it when prefixes are switched off. */
@LabTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrefixVipTests {

    private static final String PREFIX = "10.200.7.0_24";
    private static final String PREFIX6 = "fc00:1:7::_64";
    private static final byte[] PAYLOAD = {1, 2, 3, 4};
    private static final int FLOWS = 20;

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        // Every flow stays on one CPU, so that it is remembered once.
        lab = Lab.up(Map.of(
                "LAB_SPREAD", "1", "LAB_VIPS", "10.200.7.7 10.200.7.200 10.200.8.1 fc00:1:7::7 fc00:1:7:0:8000::8"));
        mako = Mako.start(lab, "--mako.forwarding.prefix-vips=true").awaitReady();
        mako.api().vip(PREFIX + "-7-udp", "10.77.11.2", "10.77.12.2");
        mako.api().vip(PREFIX6 + "-7-udp", "fd77:11::2", "fd77:12::2");
        mako.api().vip(PREFIX + "-80-tcp", "10.77.11.2", "10.77.12.2");
        mako.api().vip(PREFIX6 + "-80-tcp", "fd77:11::2", "fd77:12::2");
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({"10.200.7.7, 10.200.7.200, " + PREFIX, "fc00:1:7::7, fc00:1:7:0:8000::8, " + PREFIX6})
    void eachAddressAnswersAndHasItsOwnConnections(String one, String other, String prefix) {
        try (Datagrams flows = Datagrams.to(lab, one);
                Datagrams others = Datagrams.to(lab, other)) {
            for (int flow = 0; flow < FLOWS; flow++) {
                String real = flows.ask(flow, PAYLOAD);
                assertThat(real).isIn("s1", "s2");
                assertThat(flows.ask(flow, PAYLOAD)).isEqualTo(real);
                assertThat(others.ask(flow, PAYLOAD)).isIn("s1", "s2");
            }
        }

        JsonNode items = mako.api()
                .get("/api/v1/connections?limit=1000&vip=" + prefix + "-7-udp")
                .get("items");
        assertThat(items.findValuesAsString("destination"))
                .filteredOn(one::equals)
                .hasSize(FLOWS);
        assertThat(items.findValuesAsString("destination"))
                .filteredOn(other::equals)
                .hasSize(FLOWS);
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({"10.200.7.7", "10.200.7.200", "[fc00:1:7::7]", "[fc00:1:7:0:8000::8]"})
    void requestsToEachAddressAreAnswered(String address) {
        String answer = lab.exec(Lab.CLIENT, "curl", "-gsS", "--max-time", "10", "http://" + address + "/");

        assertThat(answer).startsWith("real s");
    }

    /** What is beside the prefix is none of the balancer's business. */
    @Order(1)
    @Test
    void anAddressBesideThePrefixIsNotServed() {
        try (Datagrams flows = Datagrams.to(lab, "10.200.8.1")) {
            assertThat(flows.ask(1, PAYLOAD)).isEqualTo("-");
        }
    }

    @Order(2)
    @Test
    void switchedOffItIsNamedAndLeftToTheHost() {
        mako.stop();
        mako.close();
        mako = Mako.start(lab).awaitReady();

        assertThat(mako.log()).contains("VIPs that are prefixes are switched off. It is one of 4 VIPs");
        JsonNode status = mako.api().get("/api/v1/vips/" + PREFIX + "-7-udp/status");
        assertThat(status.get("warnings").toString()).contains("mako.forwarding.prefix-vips=true");
        assertThat(mako.api().status("PUT", "/api/v1/vips/10.201.0.0_16-80-tcp", "{}"))
                .isEqualTo(422);
        assertThat(mako.api().get("/api/v1/drift").get("items")).isEmpty();
        try (Datagrams flows = Datagrams.to(lab, "10.200.7.7")) {
            assertThat(flows.ask(1, PAYLOAD)).isEqualTo("-");
        }

        mako.stop();
        mako.close();
        mako = Mako.start(lab, "--mako.forwarding.prefix-vips=true").awaitReady();
        assertThat(mako.log()).doesNotContain("VIPs that are prefixes are switched off");
        try (Datagrams flows = Datagrams.to(lab, "10.200.7.7")) {
            assertThat(List.of("s1", "s2")).contains(flows.ask(1, PAYLOAD));
        }
    }
}
