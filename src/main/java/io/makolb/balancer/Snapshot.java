package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.model.ResourceKey;
import io.makolb.plane.PlaneImage;
import java.util.Map;

/**
 * Everything readers need, at one moment; never changes.
 *
 * @param configuration what the operator wants, durable
 * @param tags revision of the last change to each resource
 * @param revision of the configuration as a whole
 * @param observations the latest by key
 * @param image what the kernel holds, verified
 * @param condition whether both agree
 * @param readiness whether the balancer can be given traffic
 */
public record Snapshot(
        Configuration configuration,
        Tags tags,
        long revision,
        Map<String, Observation> observations,
        PlaneImage image,
        Condition condition,
        Readiness readiness) {

    /**
     * Demands that the plane may be written to.
     *
     * @throws io.makolb.model.Refusal it belongs to another store, or nobody knows yet what it should obey
     */
    public void requireWritable() {
        Refusals.requireWritable(condition);
    }

    /** Whether a GET of the resource would find it. */
    public boolean has(ResourceKey resource) {
        return Existence.of(resource, configuration);
    }
}
