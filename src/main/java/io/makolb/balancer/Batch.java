package io.makolb.balancer;

import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pure half of a batch: every change is applied to what the one before it left, or refused alone.
 *
 * @param verdicts one per submission, in their order
 * @param end where the accepted ones lead
 */
record Batch(List<Verdict> verdicts, Stand end) {

    /**
     * The configuration with what belongs to it.
     *
     * @param tags revision of the last change to each resource
     */
    record Stand(Configuration configuration, RevisionTags tags) {
        long revision() {
            return tags.revision();
        }
    }

    /** What became of one submission. */
    sealed interface Verdict {
        Pending pending();
    }

    /** It does not fit. */
    record Refused(Pending pending, Refusal refusal) implements Verdict {}

    /**
     * It fits.
     *
     * @param differences what it changes; empty: nothing
     * @param created its target did not exist before
     * @param after where it leads, before the changes behind it
     */
    record Accepted(Pending pending, List<Difference> differences, boolean created, Stand after) implements Verdict {
        long revision() {
            return after.revision();
        }

        /** Digest of the configuration file that this applies; absent: it has nothing to do with one. */
        Optional<String> configFile() {
            return pending.submission().change() instanceof Change.ApplyFile file
                    ? Optional.of(file.digest())
                    : Optional.empty();
        }

        /** Whether something of it must become durable. */
        boolean isToBeCommitted() {
            return !differences.isEmpty() || configFile().isPresent();
        }
    }

    static Batch apply(List<Pending> submissions, Stand start, PlaneLimits limits, List<AdmissionCheck> checks) {
        Stand stand = start;
        List<Verdict> verdicts = new ArrayList<>(submissions.size());
        for (Pending pending : submissions) {
            try {
                Submission submission = pending.submission();
                ResourceKey target = submission.change().target();
                Existence.require(submission.precondition(), target, stand.configuration(), stand.tags());
                boolean created = !Existence.of(target, stand.configuration());
                Configuration after = submission.change().applyTo(stand.configuration());
                List<Difference> differences = Differences.between(stand.configuration(), after);
                if (!differences.isEmpty()) {
                    requireRoom(stand.configuration(), after, limits);
                    for (AdmissionCheck check : checks) {
                        check.check(after, differences, submission.force());
                    }
                    stand = new Stand(
                            after, stand.tags().after(stand.revision() + 1, differences, stand.configuration(), after));
                }
                verdicts.add(new Accepted(pending, differences, created, stand));
            } catch (Refusal refusal) {
                verdicts.add(new Refused(pending, refusal));
            }
        }
        return new Batch(verdicts, stand);
    }

    /** Far cheaper than to find the same out by staging. */
    private static void requireRoom(Configuration before, Configuration after, PlaneLimits limits) {
        int used = before.vips().size();
        int wanted = after.vips().size();
        if (wanted > limits.maxVips() && wanted > used) {
            String message = "The plane has room for " + limits.maxVips() + " VIPs, not for " + wanted + ".";
            PlaneFullException full =
                    new PlaneFullException(PlaneFullException.Limit.VIPS, used, limits.maxVips(), message, 0);
            throw Refusals.capacity(full, used);
        }
    }

    /** The accepted changes that change anything. */
    List<Accepted> changes() {
        List<Accepted> changes = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Accepted accepted && !accepted.differences().isEmpty()) {
                changes.add(accepted);
            }
        }
        return changes;
    }

    /** Digest of the configuration file that was applied last; absent: none was. */
    Optional<String> configFile() {
        Optional<String> last = Optional.empty();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Accepted accepted && accepted.configFile().isPresent()) {
                last = accepted.configFile();
            }
        }
        return last;
    }
}
