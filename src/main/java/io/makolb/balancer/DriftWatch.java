package io.makolb.balancer;

import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.Flaw;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the kernel with the configuration beside the writer. The kernel is read while it may be written to, so what changed
 * between the snapshot before and the one after is not judged: a half-made change is no drift.
 */
final class DriftWatch implements Drift, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    /** How often it reads again because something changed meanwhile. */
    private static final int ATTEMPTS = 3;

    private final ForwardingPlane plane;
    private final Projection projection;
    private final Supplier<Snapshot> now;
    private final Supplier<Snapshot> settled;
    private final EventLog events;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread checker = new Thread(task, "mako-drift");
        checker.setDaemon(true);
        return checker;
    });
    private volatile Optional<DriftReport> latest = Optional.empty();

    /**
     * A watch that looks when it is asked to.
     *
     * @param now the latest snapshot
     * @param settled the latest snapshot once the writer has ended what it was doing
     */
    DriftWatch(
            ForwardingPlane plane,
            DataplaneDefaults defaults,
            Supplier<Snapshot> now,
            Supplier<Snapshot> settled,
            EventLog events,
            InstantSource clock) {
        this.plane = plane;
        this.projection = new Projection(defaults);
        this.now = now;
        this.settled = settled;
        this.events = events;
        this.clock = clock;
    }

    /** Looks by itself as well; zero: it does not. */
    void every(Duration interval) {
        if (!interval.isZero()) {
            thread.scheduleWithFixedDelay(
                    this::checkByItself, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void checkByItself() {
        try {
            check();
        } catch (Refusal e) {
            LOG.info("The kernel was not compared with the configuration this time: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The kernel could not be compared with the configuration: {}", e.getMessage(), e);
        }
    }

    @Override
    public Optional<DriftReport> latest() {
        return latest;
    }

    @Override
    public synchronized DriftReport check() {
        try {
            int attempts = 1;
            Look look = look();
            while (look.unsettled() && attempts < ATTEMPTS) {
                attempts++;
                look = look();
            }
            return tell(look);
        } catch (PlaneException e) {
            throw new Refusal(
                    Reason.PLANE_UNAVAILABLE,
                    "The kernel cannot be read: " + e.getMessage(),
                    "See the log, and try again.",
                    List.of(),
                    e.errno(),
                    e);
        }
    }

    /** One comparison. */
    private record Look(Snapshot after, DriftReport report) {
        boolean unsettled() {
            return !report.unchecked().isEmpty();
        }
    }

    private Look look() {
        Instant at = clock.instant();
        long begin = System.nanoTime();
        Snapshot before = now.get();
        PlaneImage held = plane.read();
        List<Flaw> flaws = plane.inspect();
        Optional<PlaneMeta> meta = plane.meta();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Snapshot after = settled.get();
        PlaneImage wanted = wanted(before);
        NavigableMap<String, List<Deviation>> drifted = Comparison.of(wanted, held);
        flaws.forEach(flaw -> drifted.computeIfAbsent(flaw.resource(), any -> new ArrayList<>())
                .add(new Deviation(flaw.what(), flaw.expected(), flaw.found())));
        long applied = meta.map(PlaneMeta::appliedRevision).orElse(0L);
        if (applied < before.revision() || applied > after.revision()) {
            drifted.computeIfAbsent("dataplane", any -> new ArrayList<>())
                    .add(new Deviation("applied revision", Long.toString(after.revision()), Long.toString(applied)));
        }
        NavigableSet<String> unchecked = new TreeSet<>();
        if (before.configuration() != after.configuration() || before.image() != after.image()) {
            // Tables that all resources share are in motion as soon as one of them is.
            unchecked.add("dataplane");
            unchecked.addAll(Comparison.of(wanted, wanted(after)).keySet());
            drifted.keySet().removeAll(unchecked);
        }
        return new Look(after, new DriftReport(at, took, after.revision(), drifted, unchecked));
    }

    private PlaneImage wanted(Snapshot snapshot) {
        return projection.project(
                snapshot.configuration(), snapshot.observations(), snapshot.image(), null, Retirement.LENDING);
    }

    /** What is known to be in force elsewhere, because a repair or a decision is under way, has been told already. */
    private DriftReport tell(Look look) {
        DriftReport report = look.report();
        NavigableSet<String> before =
                latest.map(last -> last.drifted().navigableKeySet()).orElseGet(TreeSet::new);
        NavigableSet<String> found = report.drifted().navigableKeySet();
        latest = Optional.of(report);
        Condition.State state = look.after().condition().state();
        if (found.equals(before) || state == Condition.State.REPAIRING || state == Condition.State.FOREIGN) {
            return report;
        }
        EventType type = found.isEmpty() ? EventType.DRIFT_GONE : EventType.DRIFT_FOUND;
        String sentence = found.isEmpty()
                ? "The kernel holds what the configuration asks for again."
                : "The kernel differs from the configuration in " + found.size()
                        + (found.size() == 1 ? " resource" : " resources") + ", first in " + found.first()
                        + "; GET /api/v1/drift says how.";
        LOG.warn("{}", sentence);
        events.add(List.of(News.of(report.checkedAt(), type, report.revision(), sentence, List.copyOf(found))));
        return report;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
