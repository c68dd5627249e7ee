package io.makolb.plane;

import java.util.List;

/**
 * How to get from one image to another.
 *
 * @param before what the kernel holds
 * @param after what it shall hold
 * @param steps the differences; empty = nothing to write
 * @param revision the configuration's revision that {@code after} stands for
 */
public record PlanePlan(PlaneImage before, PlaneImage after, List<PlanStep> steps, long revision) {

    public PlanePlan {
        steps = List.copyOf(steps);
    }

    /** Whether the kernel already obeys {@link #after()}. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
