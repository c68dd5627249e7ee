package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.makolb.sandbox.BpfTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTests {

    @Test
    void theEffectiveMaskIsRead() {
        Capabilities some = Capabilities.parse(
                List.of("Name:\tjava", "CapPrm:\t000001ffffffffff", "CapEff:\t0000008000001000", "CapBnd:\t0"));
        assertThat(some.allows(Capability.CAP_NET_ADMIN)).isTrue();
        assertThat(some.allows(Capability.CAP_BPF)).isTrue();
        assertThat(some.missing(Capability.values()))
                .containsExactlyInAnyOrder(Capability.CAP_SYS_ADMIN, Capability.CAP_PERFMON);
    }

    @Test
    void theAdministratorsCapabilityStandsInForThoseSplitFromIt() {
        Capabilities administrator = new Capabilities(1L << 21);
        assertThat(administrator.missing(Capability.values())).containsExactly(Capability.CAP_NET_ADMIN);
    }

    @Test
    void aStatusWithoutTheLineIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Capabilities.parse(List.of("Name:\tjava")));
    }

    @Test
    @BpfTest
    void rootMayDoEverything() {
        assertThat(Capabilities.effective().missing(Capability.values())).isEmpty();
    }
}
