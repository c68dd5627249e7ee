package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.BetterOnPurpose;
import io.makolb.model.AttachMode;
import io.makolb.model.HashFunction;
import io.makolb.model.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DataplanePropertiesTests {

    @Test
    @BetterOnPurpose("Maglev V1 is the default and ignores most of the weights")
    void defaultsAreThoseOfTheManual() {
        DataplaneProperties properties = bind(Map.of("mako.dataplane.interfaces", "eth0"));

        assertThat(properties)
                .isEqualTo(new DataplaneProperties(
                        List.of("eth0"),
                        AttachMode.AUTO,
                        "auto",
                        null,
                        false,
                        512,
                        4096,
                        65_537,
                        8_000_000,
                        100_000,
                        3_000_000,
                        6,
                        "auto"));
        assertThat(properties.staticGateway()).isEmpty();
        assertThat(forwarding(Map.of()))
                .isEqualTo(new ForwardingProperties(
                        Encapsulation.IPIP,
                        6080,
                        "auto",
                        "auto",
                        "NONE",
                        false,
                        "172.16.0.0/16",
                        "100::/96",
                        1514,
                        true,
                        1000,
                        512,
                        65_537,
                        Duration.ofSeconds(30),
                        125_000,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        HashFunction.MAGLEV_V2));
    }

    @Test
    void everyPropertyHasItsName() {
        Map<String, String> set = new HashMap<>();
        set.put("mako.dataplane.interfaces", "eth0,eth1.100");
        set.put("mako.dataplane.mode", "GENERIC");
        set.put("mako.dataplane.gateway-mac", "02:00:00:00:02:01");
        set.put("mako.dataplane.pin-path", "/sys/fs/bpf/other");
        set.put("mako.dataplane.detach-on-exit", "true");
        set.put("mako.dataplane.max-vips", "16");
        set.put("mako.dataplane.max-reals", "64");
        set.put("mako.dataplane.ring-size", "4099");
        set.put("mako.dataplane.connection-table-size", "100000");
        set.put("mako.dataplane.max-decap-destinations", "9");
        set.put("mako.dataplane.global-connection-table-size", "5000");
        set.put("mako.dataplane.max-source-routes", "4000000");
        set.put("mako.dataplane.forwarding-cores", "0-2,5");

        DataplaneProperties properties = bind(set);

        assertThat(properties)
                .isEqualTo(new DataplaneProperties(
                        List.of("eth0", "eth1.100"),
                        AttachMode.GENERIC,
                        "02:00:00:00:02:01",
                        Path.of("/sys/fs/bpf/other"),
                        true,
                        16,
                        64,
                        4099,
                        100_000,
                        5000,
                        4_000_000,
                        9,
                        "0-2,5"));
        assertThat(properties.staticGateway()).contains(MacAddress.parse("02:00:00:00:02:01"));
    }

    @ParameterizedTest
    @CsvSource({
        "mako.dataplane.interfaces, ''",
        "mako.dataplane.global-connection-table-size, 0",
        "mako.dataplane.interfaces, 'eth0,eth0'",
        "mako.dataplane.max-vips, 0",
        "mako.dataplane.max-vips, 40000",
        "mako.dataplane.max-reals, 65536",
        "mako.dataplane.ring-size, 65536",
        "mako.dataplane.ring-size, 65539",
        "mako.dataplane.connection-table-size, 10",
        "mako.dataplane.gateway-mac, router",
        "mako.dataplane.forwarding-cores, all",
        "mako.dataplane.forwarding-cores, 3-1"
    })
    void aWrongValueIsNamedWithItsPropertyAndARemedy(String property, String value) {
        Map<String, String> set = new HashMap<>(Map.of("mako.dataplane.interfaces", "eth0"));
        set.put(property, value);

        assertThatAnalysisNames(property, value, () -> bind(set));
    }

    @ParameterizedTest
    @CsvSource({
        "mako.forwarding.ipip-source-prefix-v4, 172.16.0.0/12",
        "mako.forwarding.ipip-source-prefix-v4, 172.16.1.0/16",
        "mako.forwarding.ipip-source-prefix-v4, example.org/16",
        "mako.forwarding.ipip-source-prefix-v6, 100::/64",
        "mako.forwarding.ipip-source-prefix-v6, 172.16.0.0/96",
        "mako.forwarding.inline-decap, GRE",
        "mako.forwarding.inline-decap, 'NONE,GUE'",
        "mako.forwarding.gue-port, 0",
        "mako.forwarding.encap-source-v4, 2001:db8::1",
        "mako.forwarding.encap-source-v4, localhost",
        "mako.forwarding.encap-source-v4, 127.0.0.1",
        "mako.forwarding.encap-source-v6, 10.0.0.1",
        "mako.forwarding.encap-source-v6, fe80::1",
        "mako.forwarding.max-frame-size, 100",
        "mako.forwarding.icmp-too-big-rate, 0",
        "mako.forwarding.udp-timeout, 10ms",
        "mako.forwarding.max-new-connections, -1",
        "mako.forwarding.hash-seed-vips, 0"
    })
    void aWrongForwardingValueIsNamedToo(String property, String value) {
        assertThatAnalysisNames(property, value, () -> forwarding(Map.of(property, value)));
    }

    private static void assertThatAnalysisNames(String property, String value, Runnable start) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(start::run).satisfies(failure -> {
            FailureAnalysis analysis = new PlaneStartFailureAnalyzer().analyze(failure);
            assertThat(analysis).isNotNull();
            if (analysis != null) {
                String shown = value.endsWith("ms") ? "PT0.01S" : value;
                assertThat(analysis.getDescription()).contains(property + " is '" + shown + "'");
                assertThat(analysis.getAction()).isNotBlank();
            }
        });
    }

    private static DataplaneProperties bind(Map<String, String> properties) {
        return binder(properties).bindOrCreate("mako.dataplane", DataplaneProperties.class);
    }

    private static ForwardingProperties forwarding(Map<String, String> properties) {
        return binder(properties).bindOrCreate("mako.forwarding", ForwardingProperties.class);
    }

    private static Binder binder(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties));
    }
}
