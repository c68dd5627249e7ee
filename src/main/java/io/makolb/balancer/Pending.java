package io.makolb.balancer;

import io.makolb.model.Refusal;
import java.util.concurrent.CompletableFuture;

/** A submission somebody waits for. */
record Pending(Submission submission, CompletableFuture<Outcome> answer) implements Inbox.Task {

    @Override
    public void refuse(Refusal refusal) {
        answer.completeExceptionally(refusal);
    }
}
