package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Refusal;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneImage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says what a change would do. It works on a snapshot, as everything up to staging is pure, and so neither holds the writer nor
 * leaves a trace.
 */
final class Preview {

    private final Projection projection;
    private final List<AdmissionCheck> checks;
    private final Effects effects = new Effects();

    Preview(DataplaneDefaults defaults, List<AdmissionCheck> checks) {
        this.projection = new Projection(defaults);
        this.checks = List.copyOf(checks);
    }

    /** @throws Refusal what a reload would be refused with before anything is loaded */
    Plan ofReload(Snapshot snapshot) {
        if (snapshot.condition().state() == Condition.State.FOREIGN) {
            Refusals.requireWritable(snapshot.condition());
        }
        return nothing(snapshot);
    }

    /** @throws Refusal what the decision itself would be refused with */
    Plan ofAdoption(Balancer.AdoptFrom from, Snapshot snapshot) {
        if (snapshot.condition().state() == Condition.State.READ_ONLY) {
            Refusals.requireWritable(snapshot.condition());
        }
        if (snapshot.condition().state() != Condition.State.FOREIGN) {
            return nothing(snapshot);
        }
        Configuration before = snapshot.configuration();
        Configuration chosen = Adoption.chosen(from, snapshot.image(), before);
        PlaneImage after = project(chosen, snapshot);
        return new Plan(
                snapshot.revision(), Differences.between(before, chosen), effects.between(snapshot.image(), after));
    }

    private static Plan nothing(Snapshot snapshot) {
        return new Plan(snapshot.revision(), List.of(), new Effect(new TreeMap<>()));
    }

    private PlaneImage project(Configuration wanted, Snapshot snapshot) {
        try {
            return projection.project(wanted, snapshot.observations(), snapshot.image(), null, Retirement.LENDING);
        } catch (PlaneException e) {
            throw Refusals.of(e, snapshot.image());
        }
    }

    /** @throws Refusal what the change itself would be refused with */
    Outcome of(Submission submission, Snapshot snapshot) {
        Refusals.requireWritable(snapshot.condition());
        Batch.Stand stand = new Batch.Stand(snapshot.configuration(), (RevisionTags) snapshot.tags());
        Pending alone = new Pending(submission);
        Batch batch = Batch.apply(List.of(alone), stand, snapshot.image().limits(), checks);
        Batch.Verdict verdict = batch.verdicts().get(0);
        if (verdict instanceof Batch.Refused refused) {
            throw refused.refusal();
        }
        Batch.Accepted accepted = (Batch.Accepted) verdict;
        PlaneImage after = project(batch.end().configuration(), snapshot);
        Plan plan = new Plan(snapshot.revision(), accepted.differences(), effects.between(snapshot.image(), after));
        boolean changed = !accepted.differences().isEmpty();
        return new Outcome(
                accepted.created() && changed, changed, true, "", snapshot.revision(), snapshot, Optional.of(plan));
    }
}
