package io.makolb.balancer;

import java.util.Optional;

/**
 * How a submission ended when it was not refused.
 *
 * @param created the target did not exist before
 * @param changed anything is different now
 * @param applied packets obey it; false: it is durable, the kernel refused, and the repair goes on
 * @param trouble why it is not applied, as a sentence; empty when it is
 * @param revision the revision the answer reflects
 * @param snapshot the state the change led to, whatever others changed with it
 * @param plan present exactly for a dry run
 */
public record Outcome(
        boolean created,
        boolean changed,
        boolean applied,
        String trouble,
        long revision,
        Snapshot snapshot,
        Optional<Plan> plan) {}
