package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class MemoryBarrierTests {

    @Test
    void theKernelWaitsForItsPrograms() {
        assertThatNoException().isThrownBy(MemoryBarrier::awaitRunningPrograms);
    }

    @Test
    void theSystemCallHasItsNumberOnEachArchitecture() {
        assertThat(MemoryBarrier.systemCallNumber("amd64")).isEqualTo(324);
        assertThat(MemoryBarrier.systemCallNumber("aarch64")).isEqualTo(283);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> MemoryBarrier.systemCallNumber("sparc"))
                .withMessageContaining("sparc");
    }
}
