package io.makolb.web.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.MemoryPlane;
import io.makolb.plane.PlaneLimits;
import io.makolb.web.problem.ProblemName;
import org.junit.jupiter.api.Test;

class InterfacesTests {

    private static final PlaneLimits LIMITS = new PlaneLimits(1, 2, 3, 5, 6, 10_000);

    @Test
    void theShorthandSpeaksOfTheOnlyInterface() {
        MemoryPlane plane = new MemoryPlane(new MemoryKernel(LIMITS, "eth0"));

        assertThat(Interfaces.single(plane.facts())).isEqualTo("eth0");
    }

    @Test
    void whereThereAreSeveralTheShorthandIsRefusedAndNamesThem() {
        MemoryPlane plane = new MemoryPlane(new MemoryKernel(LIMITS, "eth0", "eth1"));

        assertThatThrownBy(() -> Interfaces.single(plane.facts())).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.SEVERAL_INTERFACES);
            assertThat(refusal.detail()).isEqualTo("There are 2 interfaces: eth0, eth1.");
            assertThat(refusal.remedy()).contains("/dataplane/interfaces/{name}");
            assertThat(ProblemName.of(refusal.reason()).status()).isEqualTo(409);
        });
    }
}
