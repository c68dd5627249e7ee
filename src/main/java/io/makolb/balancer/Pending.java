package io.makolb.balancer;

import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A submission somebody waits for. Its author can withdraw it, by cancelling the answer, until the writer begins with it. */
final class Pending implements Inbox.Task {

    private enum State {
        WAITING,
        BEGUN,
        WITHDRAWN
    }

    private final Submission submission;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Outcome> answer = new CompletableFuture<>() {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return state.compareAndSet(State.WAITING, State.WITHDRAWN) && super.cancel(mayInterruptIfRunning);
        }
    };

    Pending(Submission submission) {
        this.submission = submission;
    }

    Submission submission() {
        return submission;
    }

    CompletableFuture<Outcome> answer() {
        return answer;
    }

    /** The VIP that it is about, or part of which it is about. */
    Optional<VipId> vip() {
        ResourceKey target = submission.change().target();
        if (target instanceof ResourceKey.OfVip of) {
            return Optional.of(of.vip());
        }
        if (target instanceof ResourceKey.OfMembers of) {
            return Optional.of(of.vip());
        }
        if (target instanceof ResourceKey.OfDownReals of) {
            return Optional.of(of.vip());
        }
        if (target instanceof ResourceKey.OfDownReal of) {
            return Optional.of(of.vip());
        }
        return target instanceof ResourceKey.OfMembership of ? Optional.of(of.vip()) : Optional.empty();
    }

    /** From now on it cannot be withdrawn any more. False: it was. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN);
    }

    /** It waits again, and nothing was done for it. */
    void pause() {
        state.set(State.WAITING);
    }

    @Override
    public void refuse(Refusal refusal) {
        answer.completeExceptionally(refusal);
    }
}
