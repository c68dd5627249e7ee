package io.makolb.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.makolb.model.AttachMode;
import io.makolb.model.Change;
import io.makolb.plane.ForwardingPlane;
import io.makolb.store.Retention;
import io.makolb.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A balancer on any plane, and the watch that compares both. */
public final class DriftBench implements AutoCloseable {

    private final EventLog events;
    private final DefaultBalancer balancer;
    private final DriftWatch drift;
    private final Events.Reader told;

    /** Begins with an empty store in this directory. */
    public DriftBench(ForwardingPlane plane, Path directory, String interfaceName) {
        SqliteStore store = new SqliteStore(directory.resolve("mako.db"), Retention.DEFAULT);
        DataplaneDefaults defaults = new DataplaneDefaults(
                List.of(interfaceName), AttachMode.AUTO, Optional.empty(), List.of(interfaceName));
        events = new EventLog(store);
        balancer = DefaultBalancer.start(
                plane,
                store,
                defaults,
                List.of(),
                CircuitBreaker.of("switch", DefaultBalancer.breakerConfig()),
                events,
                System::nanoTime);
        drift = new DriftWatch(plane, defaults, balancer::snapshot, balancer::settled, events, InstantSource.system());
        told = events.read("", Set.of(EventType.DRIFT_FOUND, EventType.DRIFT_GONE));
    }

    /** Makes a change and waits for it. */
    public void apply(Change change) {
        Balancers.await(balancer.submit(new Submission(change, new Precondition.None(), "tester", "", false)));
    }

    /** The balancer. */
    public Balancer balancer() {
        return balancer;
    }

    /** The watch. */
    public Drift drift() {
        return drift;
    }

    /** What happens. */
    public Events events() {
        return events;
    }

    /** What was told of drift since the last call. */
    List<Event> told() throws Exception {
        return told.next(Duration.ZERO);
    }

    @Override
    public void close() {
        drift.close();
        balancer.close();
    }
}
