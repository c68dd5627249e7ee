package io.makolb.balancer;

import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.StagedPlan;
import io.makolb.store.Commit;
import io.makolb.store.Document;
import io.makolb.store.Store;
import io.makolb.store.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way for changes that may touch thousands of VIPs. Everything about them that takes long is done on a thread of its own, while
 * the writer answers others: they are applied to what was in force a moment ago, planned, staged, made durable, and put in force by
 * portions, each of which keeps the writer for milliseconds.
 *
 * <p>If something else was changed in the meantime, all but the rings is done again. After {@link #TRIES} times the others wait instead,
 * so that a large change comes to its end however many small ones there are. From its commit to its last portion other changes wait
 * in any case: the store has one writer, and a plan one beginning. What the machine says does not wait.
 */
final class BulkRoad {

    /** Attempts while others are answered. */
    static final int TRIES = 3;

    /** Large changes that may wait. */
    private static final int CAPACITY = 16;

    /** Entries from which on the replacement of a set of reals is a large change. */
    private static final int LARGE_SET = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(BulkRoad.class);

    /**
     * An attempt that something else has overtaken.
     *
     * @param staged whose rings can be used again; absent: none were built
     */
    private record Outdated(@Nullable StagedPlan staged) {}

    private final Inbox inbox;
    private final ForwardingPlane plane;
    private final Store store;
    private final ChangeRoad changes;
    private final Consumer<RuntimeException> startOver;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(CAPACITY),
            task -> DefaultBalancer.daemon(task, "mako-bulk"));

    /**
     * A road nobody is on.
     *
     * @param startOver done by the writer after an error of our own: store and kernel are read again
     */
    BulkRoad(
            Inbox inbox, ForwardingPlane plane, Store store, ChangeRoad changes, Consumer<RuntimeException> startOver) {
        this.inbox = inbox;
        this.plane = plane;
        this.store = store;
        this.changes = changes;
        this.startOver = startOver;
    }

    /** Whether a change may be so large that it belongs here. */
    static boolean isFor(Change change) {
        if (change instanceof Change.ReplaceMembers replace) {
            return replace.members().size() > LARGE_SET;
        }
        if (change instanceof Change.EditMembers edit) {
            return edit.upsert().size() + edit.remove().size() > LARGE_SET;
        }
        if (change instanceof Change.EditBulk<?> edit) {
            return edit.edits().size() > LARGE_SET;
        }
        return change instanceof Change.ReplaceBulk
                || change instanceof Change.ReplaceConfiguration
                || change instanceof Change.EditConfiguration
                || change instanceof Change.ApplyFile;
    }

    /** @throws Refusal {@code WRITER_BUSY} when too many wait already, or nobody will come any more */
    void take(Pending pending) {
        try {
            thread.execute(() -> travel(pending));
        } catch (RejectedExecutionException e) {
            throw new Refusal(
                    Reason.WRITER_BUSY,
                    thread.isShutdown() ? "Mako is shutting down." : CAPACITY + " large changes wait already.",
                    "Try again in a moment, with fewer at once.",
                    List.of(),
                    0,
                    e);
        }
    }

    /** Answers what was accepted; nothing more is. */
    void close() throws InterruptedException {
        thread.shutdown();
        while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("A large change is still on its way; waiting for it.");
        }
    }

    private void travel(Pending pending) {
        try {
            Optional<Outdated> outdated = attempt(pending, null);
            for (int attempt = 2; outdated.isPresent(); attempt++) {
                if (attempt > TRIES) {
                    inbox.hold();
                }
                outdated = attempt(pending, outdated.get().staged());
            }
        } catch (Refusal refusal) {
            pending.refuse(refusal);
        } catch (RuntimeException e) {
            LOG.error("A large change met something nobody knows; store and kernel are read again.", e);
            pending.refuse(new Refusal(
                    Reason.OUTCOME_UNKNOWN,
                    "Mako met an error of its own: " + e + ".",
                    "Read the resource before trying again, and report this with the log.",
                    List.of(),
                    0,
                    e));
            inbox.internally(() -> startOver.accept(e));
        } finally {
            inbox.release();
            tidy(pending.submission().change());
        }
    }

    /**
     * From the beginning to the end.
     *
     * @param outdated what was staged before, of which rings can be used again
     * @return what was prepared for something that is not in force any more; absent: it is answered, or others answer it
     */
    private Optional<Outdated> attempt(Pending pending, @Nullable StagedPlan outdated) {
        Basis basis = inbox.inWriter(changes::basis);
        Batch batch;
        PlanePlan plan;
        try {
            batch = changes.apply(pending, basis);
            if (batch.changes().isEmpty()) {
                abandon(outdated);
                inbox.inWriter(() -> changes.settle(batch));
                return Optional.empty();
            }
            plan = changes.plan(batch, basis);
        } catch (NumbersRetiredException e) {
            abandon(outdated);
            inbox.inWriter(() -> changes.awaitNumbers(pending, e));
            return Optional.empty();
        } catch (RuntimeException e) {
            abandon(outdated);
            throw e instanceof PlaneException refused ? Refusals.of(refused, basis.image()) : e;
        }
        if (Portions.isSmall(plan)) {
            abandon(outdated);
            return inbox.inWriter(() -> changes.finish(pending, batch, plan, basis))
                    ? Optional.empty()
                    : Optional.of(new Outdated(null));
        }
        Portions portions = new Portions(plan);
        PlanePlan portion = portions.next();
        StagedPlan first = stage(portion, outdated, basis);
        Commit commit = prepared(batch, basis, first);
        if (!inbox.inWriter(() -> changes.depart(basis))) {
            return Optional.of(new Outdated(first));
        }
        if (!pending.begin()) {
            first.abandon();
            inbox.inWriter(() -> changes.arrive(batch, false));
            return Optional.empty();
        }
        go(batch, commit, first, portion, portions);
        return Optional.empty();
    }

    private StagedPlan stage(PlanePlan plan, @Nullable StagedPlan outdated, Basis basis) {
        try {
            return outdated == null ? plane.stage(plan) : outdated.replaceBy(plan);
        } catch (PlaneException e) {
            throw Refusals.of(e, basis.image());
        }
    }

    /** What will be committed, with everything that takes long written already. */
    private Commit prepared(Batch batch, Basis basis, StagedPlan first) {
        Commit commit = changes.documents(batch, basis.stand());
        try {
            for (Document document : commit.puts()) {
                if (document instanceof Document.OfBulk large) {
                    store.prepare(large);
                }
            }
            return commit;
        } catch (StoreFailure e) {
            first.abandon();
            throw Refusals.of(e);
        } catch (RuntimeException e) {
            first.abandon();
            throw e;
        }
    }

    /** What was prepared and replaced takes space in the store until then. */
    private void tidy(Change change) {
        ResourceKey target = change.target();
        if (!(target instanceof ResourceKey.OfBulk bulk)) {
            return;
        }
        store.forget(bulk.kind());
        try {
            store.tidy();
        } catch (StoreFailure e) {
            LOG.warn("The store keeps what is of no use any more, until the next large change: {}", e.getMessage(), e);
        }
    }

    private static void abandon(@Nullable StagedPlan staged) {
        if (staged != null) {
            staged.abandon();
        }
    }

    /** Everything else waits now, except for what the machine says. */
    private void go(Batch batch, Commit commit, StagedPlan first, PlanePlan portion, Portions rest) {
        try {
            store.commit(commit);
        } catch (StoreFailure e) {
            first.abandon();
            inbox.inWriter(() -> changes.uncommitted(batch, e));
            return;
        } catch (RuntimeException e) {
            first.abandon();
            throw e;
        }
        inbox.inWriter(() -> changes.committed(batch, commit));
        boolean reached = inbox.inWriter(() -> changes.enter(portion, first));
        while (reached && rest.hasNext()) {
            PlanePlan next = rest.next();
            Optional<StagedPlan> staged = stageNext(next);
            reached = staged.isPresent() && inbox.inWriter(() -> changes.enter(next, staged.get()));
        }
        boolean arrived = reached;
        inbox.inWriter(() -> changes.arrive(batch, arrived));
    }

    /** It is durable, so what cannot be staged is a matter for the repair. */
    private Optional<StagedPlan> stageNext(PlanePlan portion) {
        try {
            return Optional.of(plane.stage(portion));
        } catch (PlaneException e) {
            inbox.inWriter(() -> changes.stuck(e));
            return Optional.empty();
        }
    }
}
