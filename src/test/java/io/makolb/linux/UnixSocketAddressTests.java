package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnixSocketAddressTests {

    private static final int FAMILY_BYTES = 2;

    @Test
    void aPathEndsWithAZeroByteThatCounts() {
        try (UnixSocketAddress address = UnixSocketAddress.of("/run/x")) {
            assertThat(address.length()).isEqualTo(FAMILY_BYTES + 7);
            assertThat(address.memory().getString(FAMILY_BYTES)).isEqualTo("/run/x");
        }
    }

    @Test
    void anAbstractNameBeginsWithAZeroByteAndEndsWithItsLastCharacter() {
        try (UnixSocketAddress address = UnixSocketAddress.of("@run/x")) {
            assertThat(address.length()).isEqualTo(FAMILY_BYTES + 6);
            assertThat(address.memory().getByte(FAMILY_BYTES)).isZero();
            assertThat(address.memory().getString(FAMILY_BYTES + 1)).isEqualTo("run/x");
        }
    }
}
