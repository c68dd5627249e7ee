package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.StagedPlan;
import io.makolb.store.Commit;
import io.makolb.store.RevisionEntry;
import io.makolb.store.Step;
import io.makolb.store.Store;
import io.makolb.store.StoreFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one way for a batch of changes: apply, plan, stage, commit, switch, verify, publish, answer. */
final class ChangeRoad {

    private final Inbox inbox;
    private final Situation situation;
    private final ForwardingPlane plane;
    private final Store store;
    private final Switching switching;
    private final Reclaimer reclaimer;
    private final TakeOver takeOver;
    private final ObservationRoad observations;
    private final List<AdmissionCheck> checks;
    private final InstantSource clock;
    private final List<Pending> parked = new ArrayList<>();

    ChangeRoad(
            Inbox inbox,
            Situation situation,
            ForwardingPlane plane,
            Store store,
            Switching switching,
            Reclaimer reclaimer,
            TakeOver takeOver,
            ObservationRoad observations,
            List<AdmissionCheck> checks,
            InstantSource clock) {
        this.inbox = inbox;
        this.situation = situation;
        this.plane = plane;
        this.store = store;
        this.switching = switching;
        this.reclaimer = reclaimer;
        this.takeOver = takeOver;
        this.observations = observations;
        this.checks = List.copyOf(checks);
        this.clock = clock;
    }

    /**
     * Answers every one of these, except those that have to wait for retired numbers. If they cannot be staged together, they go back to
     * the inbox to come again in smaller batches, until the one at fault comes by itself: that is a bisection over several turns,
     * none of which is longer than another.
     */
    void travel(List<Pending> submissions) {
        try {
            Refusals.requireWritable(situation.condition());
        } catch (Refusal refusal) {
            submissions.forEach(pending -> pending.refuse(refusal));
            return;
        }
        Batch batch =
                Batch.apply(submissions, situation.stand(), situation.image().limits(), checks);
        if (batch.changes().isEmpty()) {
            settle(batch);
            return;
        }
        PlanePlan plan;
        StagedPlan staged;
        try {
            plan = situation.plan(batch.end(), reclaimer.retirement());
            staged = plane.stage(plan);
        } catch (NumbersRetiredException | PlaneException e) {
            if (submissions.size() == 1) {
                refuse(submissions.get(0), e);
            } else {
                inbox.giveBack(submissions, submissions.size() / 2);
            }
            return;
        }
        finish(batch, plan, staged);
    }

    private void refuse(Pending offender, RuntimeException cause) {
        if (cause instanceof PlaneException e) {
            offender.refuse(Refusals.of(e, situation.image()));
            return;
        }
        reclaimer.look(situation.image(), true);
        if (reclaimer.running()) {
            offender.pause();
            parked.add(offender);
        } else {
            offender.refuse(new Refusal(
                    Reason.CAPACITY,
                    cause.getMessage() + " They cannot be freed while a VIP keeps its last ring.",
                    "Give that VIP a real, or set its onEmpty to DROP, and try again."));
        }
    }

    private void finish(Batch batch, PlanePlan plan, StagedPlan staged) {
        if (!commit(batch)) {
            staged.abandon();
            return;
        }
        situation.stand(batch.end());
        Switching.Goal goal =
                new Switching.Goal(staged, plan.after(), batch.end().configuration());
        if (switching.putInForce(goal)) {
            situation.inForce(goal.after(), goal.configuration());
        }
        answer(batch, situation.publish());
        reclaimer.look(situation.image(), false);
    }

    /** Answers changes that change nothing. */
    void settle(Batch batch) {
        if (commit(batch)) {
            answer(batch, situation.snapshot());
        }
    }

    /** Makes a batch durable; if that fails, its authors are told. Nothing to be made durable is a success. */
    private boolean commit(Batch batch) {
        Optional<String> file = batch.configFile();
        if (batch.changes().isEmpty() && (file.isEmpty() || file.equals(situation.configFile()))) {
            return true;
        }
        try {
            Commit commit = documents(batch, situation.stand());
            store.commit(commit);
            situation.durable(commit.steps().stream().map(Step::entry).toList());
            file.ifPresent(digest -> situation.configFile(file));
            return true;
        } catch (StoreFailure e) {
            uncommitted(batch, e);
            return false;
        }
    }

    /** A batch could not be made durable. */
    void uncommitted(Batch batch, StoreFailure e) {
        leaveTransit();
        answerUncommitted(batch, Refusals.of(e));
        if (!(e instanceof StoreFailure.StoreFull)) {
            takeOver.resync();
        }
    }

    /** What a large change rests on from now. */
    Basis basis() {
        return situation.basis(reclaimer.retirement());
    }

    /**
     * One change, applied to this. Called by anybody, like {@link #plan} and {@link #documents}.
     *
     * @throws Refusal it does not fit
     */
    Batch apply(Pending pending, Basis basis) {
        Refusals.requireWritable(basis.condition());
        Batch batch = Batch.apply(List.of(pending), basis.stand(), basis.image().limits(), checks);
        if (batch.verdicts().get(0) instanceof Batch.Refused refused) {
            throw refused.refusal();
        }
        return batch;
    }

    /** The way from a basis to the end of a batch. */
    PlanePlan plan(Batch batch, Basis basis) {
        return situation.plan(batch.end(), basis);
    }

    /**
     * All of a change that turned out to be small, without applying it again.
     *
     * @return false: something else is in force than it was prepared for, and nothing was done
     */
    boolean finish(Pending pending, Batch batch, PlanePlan plan, Basis basis) {
        if (!basis.isStill(basis())) {
            return false;
        }
        if (pending.begin()) {
            try {
                finish(batch, plan, plane.stage(plan));
            } catch (PlaneException e) {
                pending.refuse(Refusals.of(e, situation.image()));
            }
        }
        return true;
    }

    /** Begins a large change, if nothing has changed since it was prepared. From now on other changes wait. */
    boolean depart(Basis basis) {
        if (!basis.isStill(basis())) {
            return false;
        }
        inbox.hold();
        situation.inTransit(true);
        return true;
    }

    /** A large change is durable. */
    void committed(Batch batch, Commit commit) {
        situation.stand(batch.end());
        situation.durable(commit.steps().stream().map(Step::entry).toList());
        batch.configFile().ifPresent(digest -> situation.configFile(batch.configFile()));
    }

    /** Puts a portion in force. False: the rest is for the repair. */
    boolean enter(PlanePlan portion, StagedPlan staged) {
        if (!situation.isInTransit()) {
            staged.abandon();
            throw new IllegalStateException("store and kernel were read again while a large change was on its way");
        }
        if (switching.repairing()) {
            staged.abandon();
            return false;
        }
        boolean reached = switching.putInForce(new Switching.Goal(staged, portion.after(), null));
        if (reached) {
            situation.partlyInForce(portion.after());
        } else {
            switching.replan();
        }
        return reached;
    }

    /** A portion could not even be staged. */
    void stuck(PlaneException e) {
        switching.failed(e);
    }

    /** The end of a large change. */
    void arrive(Batch batch, boolean reached) {
        leaveTransit();
        if (reached) {
            situation.whollyInForce(batch.end().configuration());
            observations.enforce(reclaimer.retirement());
        }
        answer(batch, situation.publish());
        reclaimer.look(situation.image(), false);
    }

    private void leaveTransit() {
        if (situation.isInTransit()) {
            situation.inTransit(false);
            inbox.release();
        }
    }

    /** Lets a change wait until retired numbers are free, or refuses it. */
    void awaitNumbers(Pending pending, NumbersRetiredException e) {
        pending.begin();
        refuse(pending, e);
    }

    /** What of a batch becomes durable. */
    Commit documents(Batch batch, Batch.Stand start) {
        List<Difference> all = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        Configuration before = start.configuration();
        for (Batch.Accepted change : batch.changes()) {
            all.addAll(change.differences());
            Submission submission = change.pending().submission();
            RevisionEntry entry = new RevisionEntry(
                    change.revision(),
                    clock.instant(),
                    submission.author(),
                    submission.message(),
                    Documents.diff(change.differences()));
            steps.add(new Step(entry, Formers.of(change.differences(), before)));
            before = change.after().configuration();
        }
        Documents documents =
                Documents.of(all, batch.end().configuration(), batch.end().tags());
        return new Commit(start.revision(), documents.puts(), documents.deletes(), steps, batch.configFile());
    }

    private void answer(Batch batch, Snapshot snapshot) {
        boolean applied = !switching.repairing();
        for (Batch.Verdict verdict : batch.verdicts()) {
            if (verdict instanceof Batch.Refused refused) {
                refused.pending().refuse(refused.refusal());
            } else if (verdict instanceof Batch.Accepted accepted) {
                boolean changed = !accepted.differences().isEmpty();
                accepted.pending()
                        .answer()
                        .complete(new Outcome(
                                accepted.created() && changed,
                                changed,
                                applied || !changed,
                                changed ? switching.sentence() : "",
                                accepted.revision(),
                                after(accepted, snapshot),
                                Optional.empty()));
            }
        }
    }

    /** What a change led to, without the changes of others in the same batch: their tags are not its author's to see. */
    private static Snapshot after(Batch.Accepted accepted, Snapshot snapshot) {
        Batch.Stand stand = accepted.after();
        return new Snapshot(
                stand.configuration(),
                stand.tags(),
                stand.revision(),
                snapshot.observations(),
                snapshot.image(),
                snapshot.condition(),
                snapshot.readiness());
    }

    /** Verdicts from the first change on rest on something that did not come to be. */
    private void answerUncommitted(Batch batch, Refusal refusal) {
        boolean resting = false;
        List<Batch.Verdict> before = new ArrayList<>();
        for (Batch.Verdict verdict : batch.verdicts()) {
            resting |= verdict instanceof Batch.Accepted accepted && accepted.isToBeCommitted();
            if (resting) {
                verdict.pending().refuse(refusal);
            } else {
                before.add(verdict);
            }
        }
        answer(new Batch(before, situation.stand()), situation.snapshot());
    }

    /** Those who waited for retired numbers; they go first now. */
    List<Pending> unpark() {
        List<Pending> waiting = List.copyOf(parked);
        parked.clear();
        return waiting;
    }
}
