package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** UDP flows leave a real that is taken out, where their VIP says so. */
@LabTest
class FlowMigrationTests {

    private static final int FLOWS = 40;
    private static final int PACKETS_PER_SECOND = 2000;
    private static final byte[] PAYLOAD = {1, 2, 3, 4};
    private static final String MIGRATES = "{\"flags\":[\"UDP_FLOW_MIGRATION\"]}";
    private static final String IN = "{\"weight\":10}";
    private static final String OUT = "{\"weight\":10,\"adminState\":\"DISABLED\"}";

    private static Lab lab;
    private static Mako mako;

    @BeforeAll
    static void start() {
        // Every flow stays on one CPU, so that what is remembered there is what its next packet meets.
        lab = Lab.up(Map.of("LAB_SPREAD", "1"));
        mako = Mako.start(lab).awaitReady();
        mako.api().vip(Lab.VIP + "-7-udp", "10.77.11.2", "10.77.12.2");
        mako.api().vip(Lab.VIP6 + "-7-udp", "fd77:11::2", "fd77:12::2");
    }

    @AfterAll
    static void end() {
        mako.close();
        lab.close();
    }

    @AfterEach
    void bringEverybodyBack() {
        for (String real : List.of("10.77.11.2", "10.77.12.2")) {
            mako.api().put(reals(Lab.VIP) + real, IN);
        }
        mako.api().put(reals(Lab.VIP6) + "fd77:11::2", IN);
    }

    @ParameterizedTest
    @CsvSource({Lab.VIP + ", 10.77.11.2", Lab.VIP6 + ", fd77:11::2"})
    void theFirstPacketAfterTheAnswerGoesToAnotherReal(String vip, String real) {
        mako.api().put(vip(vip), MIGRATES);
        try (Datagrams flows = Datagrams.to(lab, vip)) {
            assertThat(askAll(flows).values()).contains("s1", "s2").doesNotContain("-");

            mako.api().put(reals(vip) + real, OUT);

            assertThat(askAll(flows).values()).containsOnly("s2");
            // Where a flow has gone to it stays.
            mako.api().put(reals(vip) + real, IN);
            assertThat(askAll(flows).values()).containsOnly("s2");
        }
    }

    @Test
    void aFlowMovesOnceAndLosesNothing() {
        mako.api().put(vip(Lab.VIP), MIGRATES);
        mako.api().put(reals(Lab.VIP) + "10.77.12.2", OUT);
        try (Probe probe = Probe.udp(lab, Lab.VIP, PACKETS_PER_SECOND)) {
            mako.api().put(reals(Lab.VIP) + "10.77.12.2", IN);
            mako.api().put(reals(Lab.VIP) + "10.77.11.2", OUT);

            JsonNode account = probe.finish();
            assertThat(account.get("lost")).as(account.toString()).isEmpty();
            assertThat(account.get("moves").intValue()).as(account.toString()).isEqualTo(1);
            assertThat(account.get("servers").propertyNames()).containsExactly("s1", "s2");
        }
    }

    @Test
    void withoutTheFlagFlowsStayWhereTheyAre() {
        mako.api().put(vip(Lab.VIP), "{}");
        try (Datagrams flows = Datagrams.to(lab, Lab.VIP)) {
            Map<Integer, String> before = askAll(flows);

            mako.api().put(reals(Lab.VIP) + "10.77.11.2", OUT);

            assertThat(askAll(flows)).isEqualTo(before);
            assertThat(before.values()).contains("s1", "s2");
        }
    }

    private static Map<Integer, String> askAll(Datagrams flows) {
        return IntStream.range(0, FLOWS)
                .boxed()
                .collect(Collectors.toMap(Function.identity(), flow -> flows.ask(flow, PAYLOAD)));
    }

    private static String vip(String vip) {
        return "/api/v1/vips/" + vip + "-7-udp";
    }

    private static String reals(String vip) {
        return vip(vip) + "/reals/";
    }
}
