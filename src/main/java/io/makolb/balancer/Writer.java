package io.makolb.balancer;

import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.PlaneException;
import io.makolb.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The single writer: one thread that owns configuration, store and everything that packets obey. */
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Inbox inbox;
    private final Situation situation;
    private final Store store;
    private final Switching switching;
    private final Reclaimer reclaimer;
    private final TakeOver takeOver;
    private final ChangeRoad changes;
    private final BulkRoad bulk;
    private final RepairRoad repairs;
    private final ObservationRoad observations;

    private volatile WriterLoad load = WriterLoad.NONE;

    Writer(
            Inbox inbox,
            Situation situation,
            Store store,
            Switching switching,
            Reclaimer reclaimer,
            TakeOver takeOver,
            ChangeRoad changes,
            BulkRoad bulk,
            RepairRoad repairs,
            ObservationRoad observations) {
        this.inbox = inbox;
        this.situation = situation;
        this.store = store;
        this.switching = switching;
        this.reclaimer = reclaimer;
        this.takeOver = takeOver;
        this.changes = changes;
        this.bulk = bulk;
        this.repairs = repairs;
        this.observations = observations;
    }

    @Override
    public void run() {
        boolean open = true;
        while (open) {
            try {
                Inbox.Work work = inbox.take(untilDue());
                hold(work);
                open = work.open() || inbox.waiting() > 0; // what goes back to the inbox is answered, too
            } catch (InterruptedException e) {
                inbox.close();
            }
        }
        Refusal over = new Refusal(Reason.WRITER_BUSY, "Mako is shutting down.", "Try again when it is back.");
        changes.unpark().forEach(pending -> pending.refuse(over));
        store.close();
    }

    /** Nothing is repaired while a large change is on its way: its end is near. */
    private long untilDue() {
        long now = System.nanoTime();
        return situation.isInTransit() ? Inbox.FOREVER : Math.min(switching.untilDue(now), takeOver.untilDue(now));
    }

    private void hold(Inbox.Work work) {
        long begin = System.nanoTime();
        List<Pending> submissions = new ArrayList<>();
        try {
            handle(work, submissions);
        } catch (RuntimeException e) {
            LOG.error("The writer met something it does not know; it reads store and kernel again.", e);
            Refusal unknown = new Refusal(
                    Reason.OUTCOME_UNKNOWN,
                    "Mako met an error of its own: " + e + ".",
                    "Read the resource before trying again, and report this with the log.",
                    List.of(),
                    0,
                    e);
            submissions.forEach(pending -> pending.refuse(unknown));
            work.changes().forEach(pending -> pending.refuse(unknown));
            work.command().ifPresent(command -> command.refuse(unknown));
            startOver(e);
        }
        long nanos = System.nanoTime() - begin;
        load = load.after(work.changes().size(), nanos);
        if (nanos > WriterLoad.LIMIT.toNanos()) {
            LOG.debug(
                    "The writer was held for {} ms by {} observations, {} of its helpers, {} changes and {} commands.",
                    TimeUnit.NANOSECONDS.toMillis(nanos),
                    work.observations().size(),
                    work.internal().size(),
                    work.changes().size(),
                    work.command().stream().count());
        }
    }

    /**
     * The store is read again, and the repair begins with the kernel. What cannot be read is as good as an unreadable store: packets go on as
     * they do, and nothing is written.
     */
    void startOver(RuntimeException error) {
        situation.inTransit(false);
        try {
            takeOver.resync();
            if (!situation.isBlocked()) {
                switching.doubt(error);
            }
        } catch (RuntimeException e) {
            takeOver.giveUp(e);
        }
    }

    private void handle(Inbox.Work work, List<Pending> submissions) {
        work.internal().forEach(Runnable::run);
        observations.travel(work.observations());
        if (!situation.isInTransit()) {
            long now = System.nanoTime();
            if (takeOver.untilDue(now) == 0) {
                takeOver.resync();
            }
            if (switching.untilDue(now) == 0) {
                repair();
            }
            if (!work.observations().isEmpty()) {
                unpark(submissions);
            }
        }
        if (situation.untilDue() == 0) {
            situation.publish();
        }
        submissions.addAll(work.changes());
        if (!submissions.isEmpty()) {
            changes.travel(submissions);
        }
        work.command().ifPresent(this::run);
    }

    private void unpark(List<Pending> submissions) {
        for (Pending pending : changes.unpark()) {
            if (BulkRoad.isFor(pending.submission().change())) {
                try {
                    bulk.take(pending);
                } catch (Refusal refusal) {
                    pending.refuse(refusal);
                }
            } else if (pending.begin()) {
                submissions.add(pending);
            }
        }
    }

    private void run(Command command) {
        try {
            command.run();
        } catch (Refusal refusal) {
            command.refuse(refusal);
        }
    }

    private void repair() {
        Optional<Switching.Goal> goal = switching.again();
        if (goal.isEmpty()) {
            repairs.begin();
            return;
        }
        if (switching.repair(goal.get())) {
            situation.inForce(goal.get().after(), goal.get().configuration());
        }
        situation.publish();
    }

    /** Retired numbers could not be freed; those who wait for them wait in vain. */
    void reclaimFailed(PlaneException e) {
        reclaimer.ended();
        LOG.warn("Retired numbers could not be freed: {}", e.getMessage(), e);
        changes.unpark().forEach(pending -> pending.refuse(Refusals.of(e, situation.image())));
    }

    /** How busy it is, the length of the queue left out. */
    WriterLoad load() {
        return load;
    }
}
