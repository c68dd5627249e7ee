package io.makolb.balancer;

import io.makolb.model.Observation;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.StagedPlan;
import java.util.HashSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back when packets may obey something else than they should: the kernel is read, and the way from there is planned and staged,
 * on a thread of its own, because all of that takes as long as the plane is large. The writer puts it in force by portions. Meanwhile it
 * refuses changes, and hears what the machine says.
 */
final class RepairRoad {

    private static final Logger LOG = LoggerFactory.getLogger(RepairRoad.class);

    private final Inbox inbox;
    private final Situation situation;
    private final ForwardingPlane plane;
    private final Switching switching;
    private final Reclaimer reclaimer;
    private final ObservationRoad observations;
    private final Consumer<RuntimeException> startOver;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> DefaultBalancer.daemon(task, "mako-repair"));

    /**
     * A road nobody is on.
     *
     * @param startOver done by the writer after an error of our own
     */
    RepairRoad(
            Inbox inbox,
            Situation situation,
            ForwardingPlane plane,
            Switching switching,
            Reclaimer reclaimer,
            ObservationRoad observations,
            Consumer<RuntimeException> startOver) {
        this.inbox = inbox;
        this.situation = situation;
        this.plane = plane;
        this.switching = switching;
        this.reclaimer = reclaimer;
        this.observations = observations;
        this.startOver = startOver;
    }

    /** Begins a repair. Called by the writer. */
    void begin() {
        long repair = switching.depart();
        if (!thread.isShutdown()) {
            thread.execute(() -> travel(repair));
        }
    }

    /** No repair begins any more; the next start finds what is missing. */
    void close() throws InterruptedException {
        thread.shutdown();
        while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("A repair is still on its way; waiting for it.");
        }
    }

    private void travel(long repair) {
        try {
            PlaneImage held = plane.read();
            Basis basis = inbox.inWriter(() -> basis(repair, held));
            Portions portions = new Portions(plan(basis));
            boolean reached = true;
            while (reached && portions.hasNext()) {
                PlanePlan portion = portions.next();
                StagedPlan staged = plane.stage(portion);
                reached = inbox.inWriter(() -> enter(repair, portion, staged));
            }
            if (reached) {
                inbox.inWriter(() -> arrive(repair, basis));
            }
        } catch (PlaneException e) {
            inbox.inWriter(() -> failed(repair, e));
        } catch (RuntimeException e) {
            LOG.error("A repair met something nobody knows; it begins anew.", e);
            inbox.inWriter(() -> startOver.accept(e));
        }
    }

    private Basis basis(long repair, PlaneImage held) {
        if (switching.isUnderWay(repair)) {
            situation.inForce(held, null);
        }
        return situation.basis(reclaimer.retirement());
    }

    /** Nobody waits behind a repair, so retired numbers that are needed are purged on the spot. */
    private PlanePlan plan(Basis basis) {
        try {
            return situation.plan(basis.stand(), basis);
        } catch (NumbersRetiredException e) {
            PlaneImage image = basis.image();
            Observation.Reclaimed all = new Observation.Reclaimed(
                    new HashSet<>(image.retiredVips().values()),
                    new HashSet<>(image.retiredReals().values()));
            plane.purge(all.vipNumbers(), all.realIndexes());
            return situation.plan(basis.stand(), basis.with(Retirement.after(all)));
        }
    }

    private boolean enter(long repair, PlanePlan portion, StagedPlan staged) {
        if (!switching.isUnderWay(repair)) {
            staged.abandon();
            return false;
        }
        boolean reached = switching.enter(new Switching.Goal(staged, portion.after(), null));
        if (reached) {
            situation.partlyInForce(portion.after());
        } else {
            situation.publish();
        }
        return reached;
    }

    /** What the machine said in between was left for now. */
    private void arrive(long repair, Basis basis) {
        if (switching.isUnderWay(repair)) {
            switching.arrive();
            situation.whollyInForce(basis.stand().configuration());
            observations.enforce(reclaimer.retirement());
            situation.publish();
        }
    }

    private void failed(long repair, PlaneException e) {
        if (switching.isUnderWay(repair)) {
            switching.failed(e);
            situation.publish();
        }
    }
}
