package io.makolb.balancer;

import io.github.resilience4j.core.IntervalFunction;
import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneFacts;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneMeta;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.StagedPlan;
import io.makolb.store.Commit;
import io.makolb.store.Loaded;
import io.makolb.store.RevisionEntry;
import io.makolb.store.Step;
import io.makolb.store.Store;
import io.makolb.store.StoreFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings store and plane together: at the start, after the store was in doubt, and when the operator has decided. */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final Situation situation;
    private final ForwardingPlane plane;
    private final Store store;
    private final Switching switching;
    private final IntervalFunction backoff;
    private final InstantSource clock;
    private int attempts;
    private long due;

    TakeOver(
            Situation situation,
            ForwardingPlane plane,
            Store store,
            Switching switching,
            IntervalFunction backoff,
            InstantSource clock) {
        this.situation = situation;
        this.plane = plane;
        this.store = store;
        this.switching = switching;
        this.backoff = backoff;
        this.clock = clock;
    }

    /**
     * The start. What the kernel holds already and should hold is not written again.
     *
     * @throws StoreFailure.StoreUnavailable no store, and no plane that could go on without it
     * @throws PlaneException a plane that never worked cannot be put in force
     */
    void begin() {
        Optional<PlaneMeta> meta = plane.meta();
        observeInterfaces();
        Loaded loaded;
        try {
            loaded = store.load();
        } catch (StoreFailure.StoreUnavailable e) {
            if (meta.isEmpty()) {
                throw e;
            }
            Configuration kernel = Adoption.fromKernel(situation.image(), Configuration.EMPTY);
            situation.stand(new Batch.Stand(kernel, RevisionTags.of(meta.get().appliedRevision(), Map.of(), Map.of())));
            unreadable(e);
            return;
        }
        obey(loaded, meta);
        situation.publish();
    }

    private void observeInterfaces() {
        for (PlaneFacts.Attachment attachment : plane.facts().attachments()) {
            Observation.LinkState state =
                    new Observation.LinkState(attachment.interfaceName(), attachment.index(), attachment.index() != 0);
            situation.observations().putIfAbsent(state.key(), state);
        }
    }

    private void unreadable(StoreFailure e) {
        block("What packets obey can be read but not changed: " + e.getMessage() + " " + e.remedy(), e);
    }

    /** Store or kernel cannot even be read for a reason that nobody foresaw. Tried again like an unreadable store. */
    void giveUp(RuntimeException e) {
        block("Store and kernel cannot be read: " + e + ". See the log.", e);
    }

    private void block(String sentence, RuntimeException e) {
        attempts++;
        long millis = backoff.apply(attempts);
        due = System.nanoTime() + millis * 1_000_000;
        situation.block(Condition.State.READ_ONLY, sentence);
        situation.publish();
        LOG.error("{} The next attempt follows in {} ms.", sentence, millis, e);
    }

    /** Nanoseconds until the store should be read again; {@link Inbox#FOREVER} when it is fine. */
    long untilDue(long now) {
        return situation.isBlockedBy(Condition.State.READ_ONLY) ? Math.max(0, due - now) : Inbox.FOREVER;
    }

    /** Reads the store again after it was in doubt, and goes on from what it holds. */
    void resync() {
        Loaded loaded;
        try {
            loaded = store.load();
        } catch (StoreFailure.StoreUnavailable e) {
            unreadable(e);
            return;
        }
        attempts = 0;
        boolean same = loaded.storeId().equals(situation.storeId())
                && loaded.revision() == situation.stand().revision();
        if (same && !situation.isBlockedBy(Condition.State.FOREIGN)) {
            situation.unblock();
        } else {
            LOG.warn("The store is at revision {}; going on from there.", loaded.revision());
            tellUnseen(loaded);
            obey(loaded, plane.meta());
        }
        situation.publish();
    }

    /** Revisions that were committed although the store could not say so. */
    private void tellUnseen(Loaded loaded) {
        long told = situation.told();
        if (loaded.storeId().equals(situation.storeId()) && loaded.revision() > told) {
            List<RevisionEntry> unseen = new ArrayList<>(store.history(loaded.revision() + 1, Inbox.BATCH));
            unseen.removeIf(entry -> entry.number() <= told);
            Collections.reverse(unseen);
            situation.durable(unseen);
        }
    }

    private void obey(Loaded loaded, Optional<PlaneMeta> meta) {
        situation.durable(
                loaded.storeId(),
                new Batch.Stand(
                        loaded.configuration(), RevisionTags.of(loaded.revision(), loaded.tags(), loaded.bulkTags())));
        situation.configFile(loaded.configFile());
        String strangeness = Adoption.strangeness(loaded, meta, situation.image());
        if (!strangeness.isEmpty()) {
            situation.block(
                    Condition.State.FOREIGN,
                    strangeness + " It goes on forwarding as it does, and nothing is written, until somebody decides.");
            LOG.error("{}", strangeness);
            return;
        }
        situation.unblock();
        if (meta.isEmpty()) {
            enforceFirst(loaded.storeId());
        } else {
            enforce(loaded.storeId(), meta.get());
        }
    }

    /** Nothing forwards yet, so what goes wrong stops the start. */
    private void enforceFirst(UUID storeId) {
        PlanePlan plan = plan();
        StagedPlan staged = plane.stage(plan);
        staged.switchOver();
        staged.verify();
        plane.claim(storeId, plan.revision());
        situation.inForce(plan.after(), situation.stand().configuration());
    }

    private void enforce(UUID storeId, PlaneMeta meta) {
        PlanePlan plan = plan();
        boolean owned = meta.storeId().equals(storeId);
        if (!owned || (plan.isEmpty() && meta.appliedRevision() != plan.revision())) {
            plane.claim(storeId, plan.revision());
        }
        if (plan.isEmpty()) {
            situation.inForce(plan.after(), situation.stand().configuration());
            return;
        }
        try {
            put(plan, plane.stage(plan));
        } catch (PlaneException e) {
            switching.failed(e);
        }
    }

    private void put(PlanePlan plan, StagedPlan staged) {
        Switching.Goal goal =
                new Switching.Goal(staged, plan.after(), situation.stand().configuration());
        if (switching.putInForce(goal)) {
            situation.inForce(goal.after(), goal.configuration());
        }
    }

    private PlanePlan plan() {
        return plan(situation.stand());
    }

    /** Nobody waits behind a take-over, so retired numbers that are needed are purged on the spot. */
    private PlanePlan plan(Batch.Stand goal) {
        try {
            return situation.plan(goal, Retirement.QUIET);
        } catch (NumbersRetiredException e) {
            PlaneImage image = situation.image();
            Observation.Reclaimed all = new Observation.Reclaimed(
                    new HashSet<>(image.retiredVips().values()),
                    new HashSet<>(image.retiredReals().values()));
            plane.purge(all.vipNumbers(), all.realIndexes());
            return situation.plan(goal, Retirement.after(all));
        }
    }

    /** Decides for a foreign plane; for any other there is nothing to decide. */
    Snapshot adopt(Balancer.AdoptFrom from, String author, String message) {
        if (situation.isBlockedBy(Condition.State.READ_ONLY)) {
            Refusals.requireWritable(situation.condition());
        }
        UUID storeId = situation.storeId();
        if (storeId == null || !situation.isBlockedBy(Condition.State.FOREIGN)) {
            return situation.snapshot();
        }
        situation.reread();
        Batch.Stand before = situation.stand();
        long applied = plane.meta().map(PlaneMeta::appliedRevision).orElse(0L);
        Configuration chosen = Adoption.chosen(from, situation.image(), before.configuration());
        List<Difference> differences = Differences.between(before.configuration(), chosen);
        // A number above both histories, so that no tag means two things.
        long revision = Math.max(before.revision(), applied) + 1;
        Batch.Stand after =
                new Batch.Stand(chosen, before.tags().after(revision, differences, before.configuration(), chosen));
        try {
            PlanePlan plan = plan(after);
            StagedPlan staged = plane.stage(plan);
            String decision = "adopted from " + from + (message.isEmpty() ? "" : ": " + message);
            RevisionEntry entry =
                    new RevisionEntry(revision, clock.instant(), author, decision, Documents.diff(differences));
            commit(
                    before,
                    after,
                    new Step(entry, Formers.of(differences, before.configuration())),
                    differences,
                    staged);
            situation.durable(storeId, after);
            situation.unblock();
            plane.claim(storeId, revision);
            put(plan, staged);
        } catch (PlaneException e) {
            throw Refusals.of(e, situation.image());
        }
        return situation.publish();
    }

    private void commit(
            Batch.Stand before, Batch.Stand after, Step step, List<Difference> differences, StagedPlan staged) {
        Documents documents = Documents.of(differences, after.configuration(), after.tags());
        try {
            store.commit(new Commit(before.revision(), documents.puts(), documents.deletes(), List.of(step)));
            situation.durable(List.of(step.entry()));
        } catch (StoreFailure e) {
            staged.abandon();
            if (!(e instanceof StoreFailure.StoreFull)) {
                resync();
            }
            throw Refusals.of(e);
        }
    }

    /** Loads the program anew. */
    Snapshot reload() {
        if (situation.isBlockedBy(Condition.State.FOREIGN)) {
            Refusals.requireWritable(situation.condition());
        }
        try {
            plane.reload();
        } catch (PlaneException e) {
            throw new Refusal(
                    Reason.PLANE_UNAVAILABLE,
                    "The program was not loaded anew; the old one goes on: " + e.getMessage(),
                    "See the log.",
                    List.of(),
                    e.errno(),
                    e);
        }
        Snapshot now = situation.publish();
        situation.tell(EventType.RELOADED, "The program was loaded anew; connections go on.");
        return now;
    }
}
