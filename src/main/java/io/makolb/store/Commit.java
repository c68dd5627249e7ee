package io.makolb.store;

import io.makolb.model.ResourceKey;
import java.util.List;
import java.util.Optional;

/**
 * A batch to be made durable.
 *
 * @param expectedRevision what the store's revision must be now
 * @param puts documents to create or replace
 * @param deletes resources to forget: VIPs with all that is in them, reals, interfaces
 * @param steps one per change, ascending numbers above {@code expectedRevision}; at least one, unless there is a digest
 * @param configFile digest of the configuration file that was applied with it; absent: none was, the last one stays
 */
public record Commit(
        long expectedRevision,
        List<Document> puts,
        List<ResourceKey> deletes,
        List<Step> steps,
        Optional<String> configFile) {

    public Commit {
        puts = List.copyOf(puts);
        deletes = List.copyOf(deletes);
        steps = List.copyOf(steps);
        long last = expectedRevision;
        for (Step step : steps) {
            RevisionEntry entry = step.entry();
            if (entry.number() <= last) {
                throw new IllegalArgumentException("revision " + entry.number() + " does not follow " + last);
            }
            last = entry.number();
        }
        if (steps.isEmpty() && (configFile.isEmpty() || !puts.isEmpty() || !deletes.isEmpty())) {
            throw new IllegalArgumentException("a commit of changes has at least one revision");
        }
    }

    /** Changes that no configuration file has to do with. */
    public Commit(long expectedRevision, List<Document> puts, List<ResourceKey> deletes, List<Step> steps) {
        this(expectedRevision, puts, deletes, steps, Optional.empty());
    }

    /** The store's revision afterwards. */
    public long revision() {
        return steps.isEmpty()
                ? expectedRevision
                : steps.get(steps.size() - 1).entry().number();
    }
}
