package io.makolb.balancer;

import io.makolb.model.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Something the writer does by itself, between batches. */
record Command(Supplier<Snapshot> action, CompletableFuture<Snapshot> answer) implements Inbox.Task {

    @Override
    public void refuse(Refusal refusal) {
        answer.completeExceptionally(refusal);
    }

    void run() {
        answer.complete(action.get());
    }
}
