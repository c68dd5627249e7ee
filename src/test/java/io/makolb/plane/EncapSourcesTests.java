package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.model.Address;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the machine's addresses GUE packets come from. */
@BpfTest
class EncapSourcesTests {

    private static final ForwardingProperties GUE = TestProperties.forwarding("encapsulation", "GUE");

    private PrivateNetwork network;

    @BeforeEach
    void build() throws Exception {
        network = PrivateNetwork.create();
        network.addVeth("uplink", "router");
    }

    @AfterEach
    void remove() {
        network.close();
    }

    @Test
    void theFirstPermanentGlobalAddressesAreTaken() throws Exception {
        network.ip("addr", "add", "169.254.1.1/16", "scope", "link", "dev", "uplink");
        network.ip("addr", "add", "10.0.0.7/24", "valid_lft", "3600", "preferred_lft", "3600", "dev", "uplink");
        network.ip("addr", "add", "10.0.1.8/24", "dev", "uplink");
        network.ip("addr", "add", "10.0.2.9/24", "dev", "router");
        addIpv6("2001:db8::7/64", "valid_lft", "3600", "preferred_lft", "3600");
        addIpv6("2001:db8::8/64", "preferred_lft", "0");
        addIpv6("2001:db8::9/64");

        assertThat(find(GUE).v4()).contains(Address.parse("10.0.1.8"));
        assertThat(find(GUE).v6()).contains(Address.parse("2001:db8::9"));
        assertThat(find(TestProperties.forwarding())).isEqualTo(EncapSources.NONE);
    }

    @Test
    void whatIsSetWins() throws Exception {
        network.ip("addr", "add", "10.0.1.8/24", "dev", "uplink");

        EncapSources found = find(TestProperties.forwarding("encapsulation", "GUE", "encap-source-v4", "192.0.2.1"));

        assertThat(found.v4()).contains(Address.parse("192.0.2.1"));
        assertThat(found.v6()).isEmpty();
    }

    @Test
    void withoutAnyTheStartIsRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> find(GUE))
                .withMessageContaining("mako.forwarding.encap-source-v4")
                .withMessageContaining("uplink has no permanent global one");
    }

    private void addIpv6(String address, String... life) {
        String[] command = new String[6 + life.length];
        String[] start = {"addr", "add", address, "dev", "uplink", "nodad"};
        System.arraycopy(start, 0, command, 0, start.length);
        System.arraycopy(life, 0, command, start.length, life.length);
        network.ip(command);
    }

    private EncapSources find(ForwardingProperties forwarding) throws Exception {
        return network.call(() -> EncapSources.of(forwarding, List.of("uplink")));
    }
}
