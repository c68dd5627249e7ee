package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlanePlan;
import io.makolb.store.RevisionEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All the writer knows: what is wanted, what is in force, what stands in between. Only the writer touches it; others read snapshots. */
final class Situation {

    private final ForwardingPlane plane;
    private final DataplaneDefaults defaults;
    private final Projection projection;
    private final Switching switching;
    private final Judge judge;
    private final EventLog events;
    private final InstantSource clock;
    private final Map<String, Observation> observations = new TreeMap<>();

    private Batch.Stand stand = new Batch.Stand(Configuration.EMPTY, RevisionTags.of(0, Map.of(), Map.of()));
    private PlaneImage image;
    private @Nullable Configuration projectedFrom;
    private boolean inTransit;

    /** The revision that packets were last known to obey. */
    private long applied;

    private @Nullable UUID storeId;
    private final List<RevisionEntry> untold = new ArrayList<>();
    private @Nullable Condition blocked =
            new Condition(Condition.State.STARTING, "Mako is taking over what the kernel holds.");

    /** The latest snapshot, which other threads see. */
    private volatile Snapshot snapshot;

    /** Digest of the configuration file that was applied last, which other threads see. */
    private volatile Optional<String> configFile = Optional.empty();

    Situation(
            ForwardingPlane plane,
            DataplaneDefaults defaults,
            Switching switching,
            Judge judge,
            EventLog events,
            InstantSource clock) {
        this.plane = plane;
        this.defaults = defaults;
        this.projection = new Projection(defaults);
        this.switching = switching;
        this.judge = judge;
        this.events = events;
        this.clock = clock;
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

    Optional<String> configFile() {
        return configFile;
    }

    void configFile(Optional<String> digest) {
        configFile = digest;
    }

    void durable(UUID store, Batch.Stand now) {
        if (storeId == null) {
            inheritGateways(now.configuration());
            events.begin(store, now.revision());
        }
        storeId = store;
        stand = now;
    }

    /** These are in the store; who follows the events hears of them when readers can see them. */
    void durable(List<RevisionEntry> entries) {
        untold.addAll(entries);
    }

    /** The highest revision that was told of, or will be. */
    long told() {
        return untold.isEmpty()
                ? events.revision()
                : untold.get(untold.size() - 1).number();
    }

    /**
     * While nobody has said anything of a gateway that nobody has set, frames go where they went: a restart must not drop any.
     */
    private void inheritGateways(Configuration configuration) {
        image.interfaces().forEach((name, held) -> {
            boolean set = configuration.interfaces().containsKey(name)
                    && configuration.interfaces().get(name).gateway().isPresent();
            if (!set && held.gateway().isPresent()) {
                Observation seen = new Observation.GatewayMac(name, held.gateway());
                observations.putIfAbsent(seen.key(), seen);
            }
        });
    }

    void stand(Batch.Stand now) {
        stand = now;
    }

    /** The kernel was seen to hold this, which is the projection of that. */
    void inForce(PlaneImage verified, @Nullable Configuration configuration) {
        image = verified;
        projectedFrom = configuration;
    }

    /** The kernel was seen to hold this, on its way to the configuration. What runs on which interface has its own way. */
    void partlyInForce(PlaneImage verified) {
        image = verified.with(image.interfaces(), verified.healthChecks());
        projectedFrom = null;
    }

    /** The interfaces are as this says; everything else is as it was. */
    void interfacesInForce(PlaneImage verified) {
        image = image.with(verified.interfaces(), image.healthChecks());
    }

    /** The kernel holds all of a configuration, except perhaps what concerns interfaces. */
    void whollyInForce(Configuration configuration) {
        projectedFrom = configuration;
    }

    /** Whether a large change is on its way into store and kernel, by portions. Until it has arrived, nothing else may plan for VIPs. */
    boolean isInTransit() {
        return inTransit;
    }

    void inTransit(boolean now) {
        inTransit = now;
    }

    /** All that a plan made elsewhere rests on. */
    Basis basis(Retirement retirement) {
        return new Basis(stand, Map.copyOf(observations), image, projectedFrom, retirement, condition());
    }

    /** The way to what the interfaces should be, and nothing else. */
    PlanePlan planInterfaces() {
        PlaneImage wanted =
                image.with(projection.interfaces(stand.configuration(), observations), image.healthChecks());
        return Planner.plan(image, wanted, stand.revision());
    }

    /** Looks again at what runs on the interfaces, because what is remembered of it may be wrong. */
    void rereadInterfaces() {
        image = plane.readInterfaces(image);
    }

    /** Looks at the kernel again, because what is remembered of it may be wrong. Takes as long as the plane is large. */
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

    /** The same from a basis, for others than the writer. */
    PlanePlan plan(Batch.Stand goal, Basis basis) {
        PlaneImage wanted = projection.project(
                goal.configuration(), basis.observations(), basis.image(), basis.projectedFrom(), basis.retirement());
        return Planner.plan(basis.image(), wanted, goal.revision());
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
        Snapshot before = snapshot;
        Snapshot now = snapshotNow();
        snapshot = now;
        List<News> news = new ArrayList<>();
        untold.forEach(entry -> news.add(News.of(entry)));
        untold.clear();
        news.addAll(Happenings.between(before, now, clock.instant(), inTransit ? Long.MAX_VALUE : applied));
        if (now.condition().isObeyed() && !inTransit) {
            applied = now.revision();
        }
        events.add(news);
        return now;
    }

    /** Nanoseconds until another snapshot is due although nothing happens; {@link Inbox#FOREVER}: never. */
    long untilDue() {
        return judge.untilDue();
    }

    /** Tells what no snapshot shows. */
    void tell(EventType type, String sentence) {
        events.add(List.of(News.of(clock.instant(), type, stand.revision(), sentence, List.of("dataplane"))));
    }

    private Snapshot snapshotNow() {
        Condition condition = condition();
        Map<String, Observation> seen = Map.copyOf(observations);
        return new Snapshot(
                stand.configuration(),
                stand.tags(),
                stand.revision(),
                seen,
                image,
                condition,
                judge.judge(condition, stand.configuration(), image, seen));
    }
}
