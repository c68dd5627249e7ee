package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.store.Past;
import io.makolb.store.RevisionEntry;
import io.makolb.store.Store;
import io.makolb.store.StoreFailure;
import java.util.List;
import java.util.Optional;

/** What the configuration was. Reading it concerns neither the writer nor packets. */
public final class History {

    /**
     * One revision.
     *
     * @param entry who made it, and what it touched
     * @param before the configuration that it changed; empty where an older Mako did not keep it
     * @param after the configuration that it made; empty likewise
     */
    public record Revision(RevisionEntry entry, Optional<Configuration> before, Optional<Configuration> after) {}

    private final Store store;

    History(Store store) {
        this.store = store;
    }

    /**
     * Past revisions, newest first.
     *
     * @param before only revisions with lower numbers; {@link Long#MAX_VALUE} = from the newest on
     * @param limit at most so many, 1 or more
     * @throws Refusal {@link Reason#STORE_UNAVAILABLE}
     */
    public List<RevisionEntry> page(long before, int limit) {
        try {
            return store.history(before, limit);
        } catch (StoreFailure e) {
            throw Refusals.of(e);
        }
    }

    /**
     * A revision that must be kept.
     *
     * @throws Refusal {@link Reason#NOT_FOUND} when it is not, {@link Reason#STORE_UNAVAILABLE}
     */
    public Revision revision(long number) {
        Past past;
        try {
            past = store.past(number);
        } catch (StoreFailure e) {
            throw Refusals.of(e);
        }
        if (past instanceof Past.Kept kept) {
            return new Revision(kept.entry(), kept.before(), kept.after());
        }
        throw past instanceof Past.Pruned pruned ? pruned(number, pruned) : unknown(number, (Past.Unknown) past);
    }

    private static Refusal pruned(long number, Past.Pruned past) {
        return new Refusal(
                Reason.NOT_FOUND,
                "Revision " + number + " was pruned; the oldest that is kept is " + past.oldest() + ".",
                "mako.store.keep-revisions and mako.store.keep-days say how much is kept.");
    }

    private static Refusal unknown(long number, Past.Unknown past) {
        return new Refusal(
                Reason.NOT_FOUND,
                past.newest() == 0
                        ? "There is no revision " + number + ": nothing was ever changed."
                        : "There is no revision " + number + "; those that are kept go from " + past.oldest() + " to "
                                + past.newest() + ".",
                "List them with GET /api/v1/revisions.");
    }
}
