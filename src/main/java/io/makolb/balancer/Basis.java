package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.plane.PlaneImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a plan rests on, at one moment; never changes.
 *
 * @param stand what is durable
 * @param observations the latest by key
 * @param image what the kernel holds
 * @param projectedFrom the configuration that {@code image} is the projection of; absent: nobody knows
 * @param retirement numbers that must be left alone
 * @param condition whether changes are welcome
 */
record Basis(
        Batch.Stand stand,
        Map<String, Observation> observations,
        PlaneImage image,
        @Nullable Configuration projectedFrom,
        Retirement retirement,
        Condition condition) {

    /** The same with other numbers that must be left alone. */
    Basis with(Retirement other) {
        return new Basis(stand, observations, image, projectedFrom, other, condition);
    }

    /** Whether a plan that rests on this can be put in force now. */
    boolean isStill(Basis now) {
        return SideBySide.same(stand, now.stand)
                && SideBySide.same(image, now.image)
                && observations.equals(now.observations)
                && retirement.equals(now.retirement)
                && condition.equals(now.condition);
    }
}
