package io.makolb.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HoldDownTests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final HoldDown holdDown = new HoldDown();

    @Test
    void theFirstStateCountsAtOnce() {
        assertThat(holdDown.see(false, 0)).isFalse();
    }

    @Test
    void aStateThatDoesNotLastNeverCounts() {
        holdDown.see(true, 0);
        for (long second = 1; second < 60; second += 2) {
            assertThat(holdDown.see(false, second * SECOND)).isTrue();
            assertThat(holdDown.see(false, (second + 1) * SECOND)).isTrue();
            assertThat(holdDown.see(true, (second + 1) * SECOND + 1)).isTrue();
        }
        assertThat(holdDown.untilDue(60 * SECOND)).isEqualTo(Inbox.FOREVER);
    }

    @Test
    void aStateThatLastsCountsThreeSecondsLaterInBothDirections() {
        holdDown.see(true, 0);

        assertThat(holdDown.see(false, SECOND)).isTrue();
        assertThat(holdDown.untilDue(2 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(holdDown.see(false, 4 * SECOND - 1)).isTrue();
        assertThat(holdDown.see(false, 4 * SECOND)).isFalse();

        assertThat(holdDown.see(true, 5 * SECOND)).isFalse();
        assertThat(holdDown.see(true, 8 * SECOND)).isTrue();
    }

    @Test
    void afterSomebodyWantedAChangeTheNextStateCountsAtOnce() {
        holdDown.see(true, 0);
        holdDown.see(false, 1);
        holdDown.forget();

        assertThat(holdDown.see(false, 2)).isFalse();
    }
}
