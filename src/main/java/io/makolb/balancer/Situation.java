package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlanePlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All the writer knows: what is wanted, what is in force, what stands in between. Only the writer touches it; others read snapshots. */
final class Situation {

    private final ForwardingPlane plane;
    private final DataplaneDefaults defaults;
    private final Projection projection;
    private final Switching switching;
    private final Map<String, Observation> observations = new TreeMap<>();

    private Batch.Stand stand = new Batch.Stand(Configuration.EMPTY, RevisionTags.of(0, Map.of()));
    private PlaneImage image;
    private @Nullable Configuration projectedFrom;
    private @Nullable UUID storeId;
    private @Nullable Condition blocked =
            new Condition(Condition.State.STARTING, "Mako is taking over what the kernel holds.");

    /** The latest snapshot; the one thing here that other threads see. */
    private volatile Snapshot snapshot;

    Situation(ForwardingPlane plane, DataplaneDefaults defaults, Switching switching) {
        this.plane = plane;
        this.defaults = defaults;
        this.projection = new Projection(defaults);
        this.switching = switching;
        this.image = plane.read();
        this.snapshot = snapshotNow();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Batch.Stand stand() {
        return stand;
    }

    PlaneImage image() {
        return image;
    }

    Map<String, Observation> observations() {
        return observations;
    }

    /** The store everything durable went to; absent: none could be read yet. */
    @Nullable UUID storeId() {
        return storeId;
    }

    void durable(UUID store, Batch.Stand now) {
        storeId = store;
        stand = now;
    }

    void stand(Batch.Stand now) {
        stand = now;
    }

    /** The kernel was seen to hold this, which is the projection of that. */
    void inForce(PlaneImage verified, Configuration configuration) {
        image = verified;
        projectedFrom = configuration;
    }

    /** Looks at the kernel again, because what is remembered of it may be wrong. */
    void reread() {
        image = plane.read();
        projectedFrom = null;
    }

    /** Nothing is written until this is over. */
    void block(Condition.State state, String sentence) {
        blocked = new Condition(state, sentence);
    }

    void unblock() {
        blocked = null;
    }

    boolean isBlocked() {
        return blocked != null;
    }

    boolean isBlockedBy(Condition.State state) {
        return blocked != null && blocked.state() == state;
    }

    /** The way from what is in force to a configuration under the present observations. */
    PlanePlan plan(Batch.Stand goal, Retirement retirement) {
        PlaneImage wanted = projection.project(goal.configuration(), observations, image, projectedFrom, retirement);
        return Planner.plan(image, wanted, goal.revision());
    }

    Condition condition() {
        if (blocked != null) {
            return blocked;
        }
        if (switching.repairing()) {
            return new Condition(Condition.State.REPAIRING, switching.sentence());
        }
        List<String> missing = defaults.interfaces().stream()
                .filter(name -> Projection.missing(name, observations))
                .toList();
        return missing.isEmpty()
                ? new Condition(Condition.State.READY, "")
                : new Condition(
                        Condition.State.DEGRADED,
                        "There is no interface " + String.join(", ", missing) + " now; Mako attaches when it appears.");
    }

    Snapshot publish() {
        snapshot = snapshotNow();
        return snapshot;
    }

    private Snapshot snapshotNow() {
        return new Snapshot(
                stand.configuration(), stand.tags(), stand.revision(), Map.copyOf(observations), image, condition());
    }
}
