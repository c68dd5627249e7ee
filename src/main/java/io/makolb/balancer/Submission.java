package io.makolb.balancer;

import io.makolb.model.Change;

/**
 * A change with all that comes with it.
 *
 * @param author who wants it, for the history
 * @param message why, in the author's words; may be empty
 * @param dryRun only say what would happen
 */
public record Submission(Change change, Precondition precondition, String author, String message, boolean dryRun) {}
