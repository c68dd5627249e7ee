package io.makolb.balancer;

import io.makolb.model.Change;

/**
 * A change with all that comes with it.
 *
 * @param author who wants it, for the history
 * @param message why, in the author's words; may be empty
 * @param dryRun only say what would happen
 * @param force override the rules that can be overridden, see {@link AdmissionCheck}
 */
public record Submission(
        Change change, Precondition precondition, String author, String message, boolean dryRun, boolean force) {

    /** A submission that overrides nothing. */
    public Submission(Change change, Precondition precondition, String author, String message, boolean dryRun) {
        this(change, precondition, author, message, dryRun, false);
    }
}
