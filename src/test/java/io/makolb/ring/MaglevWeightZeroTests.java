package io.makolb.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the variants themselves do with weight 0; {@link RingBuilder} never lets one through to them. */
class MaglevWeightZeroTests {

    private static final List<Endpoint> ENDPOINTS = List.of(new Endpoint(1, 0, 1000), new Endpoint(2, 0, 2000));

    private final SlotWalk walk = new SlotWalk();

    @Test
    void theFirstVariantTakesItInFromTheSecondPassOn() {
        walk.start(ENDPOINTS, 101);
        MaglevV1.fill(walk, new int[] {0, 1}, 2);
        assertThat(new Ring(walk.slots()).share(1)).isEqualTo(50);
    }

    @Test
    void theSecondVariantLeavesItOut() {
        walk.start(ENDPOINTS, 101);
        new MaglevV2().fill(walk, new int[] {0, 1}, 2);
        assertThat(new Ring(walk.slots()).share(1)).isZero();
    }

    @Test
    void amongNothingButZeroesTheSecondVariantSharesEqually() {
        walk.start(ENDPOINTS, 101);
        new MaglevV2().fill(walk, new int[] {0, 0}, 2);
        assertThat(new Ring(walk.slots()).share(1)).isEqualTo(51);
    }
}
