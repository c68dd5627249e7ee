package io.makolb.balancer;

import io.makolb.model.Observation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The single writer's face: changes go in, snapshots come out. */
public interface Balancer {

    /** The latest state; one volatile read. A snapshot taken after a submission was answered shows it. */
    Snapshot snapshot();

    /** Digest of the configuration file that was applied last ({@link io.makolb.model.Change.ApplyFile}); absent: none ever was. */
    Optional<String> configFile();

    /**
     * Hands a change to the writer. The future fails with {@link io.makolb.model.Refusal} when nothing was changed (or, for
     * {@code OUTCOME_UNKNOWN}, when nobody can tell). Cancelling it withdraws the change, which succeeds exactly as long as the
     * writer has not begun with it.
     *
     * @throws io.makolb.model.Refusal {@code WRITER_BUSY} at once when the queue is full
     */
    CompletableFuture<Outcome> submit(Submission submission);

    /** Tells the writer what the machine said; overtakes changes, latest wins. Never blocks. */
    void observe(Observation observation);

    /** Loads the program anew, keeping maps and connections. Fails like {@link #submit}. */
    CompletableFuture<Snapshot> reload();

    /**
     * Decides for a foreign plane. Fails like {@link #submit}.
     *
     * @param author who decides, for the history
     * @param message why, in the author's words; may be empty
     */
    CompletableFuture<Snapshot> adopt(AdoptFrom from, String author, String message);

    /** What {@link #reload} would do. Fails with what that would be refused with before anything is loaded. */
    CompletableFuture<Plan> previewReload();

    /** What {@link #adopt} would do. Fails like it. */
    CompletableFuture<Plan> previewAdopt(AdoptFrom from);

    /** Which side wins when store and plane do not belong together. */
    enum AdoptFrom {
        /** What the kernel holds becomes the configuration. */
        KERNEL,
        /** What the store holds becomes what packets obey. */
        STORE
    }
}
