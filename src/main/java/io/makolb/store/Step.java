package io.makolb.store;

/**
 * One change of a commit.
 *
 * @param entry who made it, and what it touched
 * @param former what it replaced
 */
public record Step(RevisionEntry entry, Former former) {}
