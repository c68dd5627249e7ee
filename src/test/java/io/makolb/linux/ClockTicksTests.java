package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTicksTests {

    @ParameterizedTest
    @CsvSource({"10000000, 100", "4000000, 250", "3333333, 300", "1000000, 1000", "976563, 1024"})
    void theTickIsRoundedToWholeHertz(long nanoseconds, int hertz) {
        assertThat(ClockTicks.hertz(0, nanoseconds)).isEqualTo(hertz);
    }

    @Test
    void jiffiesBeginFiveMinutesBeforeTheyOverflow() {
        assertThat(ClockTicks.jiffies(0, 0, 250)).isEqualTo((1L << 32) - 75_000);
        assertThat(ClockTicks.jiffies(300, 0, 250)).isEqualTo(1L << 32);
        assertThat(ClockTicks.jiffies(300, 3_999_999, 250)).isEqualTo(1L << 32);
        assertThat(ClockTicks.jiffies(300, 4_000_000, 250)).isEqualTo((1L << 32) + 1);
    }

    @Test
    void thisKernelHasOneOfTheUsualTicks() {
        assertThat(ClockTicks.hertz()).isIn(100, 250, 300, 1000);
    }
}
