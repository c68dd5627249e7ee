package io.makolb.web.http;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.web.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Hands changes to the writer and waits for their outcome. */
@Component
public final class Writes {

    /** Of so many ordinary ones, the patience with a large change is made. */
    private static final int LARGE = 10;

    private final Balancer balancer;
    private final Duration timeout;
    private final Duration largeTimeout;

    Writes(Balancer balancer, ApiProperties properties) {
        this.balancer = balancer;
        this.timeout = properties.writeTimeout();
        this.largeTimeout = timeout.multipliedBy(LARGE);
    }

    /**
     * Makes a change that may take as long as millions of entries take.
     *
     * @throws Refusal as {@link #submit}
     */
    public Outcome submitLarge(Change change, WriteCall call) {
        return submit(change, call, largeTimeout);
    }

    /**
     * Makes a change.
     *
     * @throws Refusal nothing was changed, or nobody can tell
     * @throws ProblemException a stale tag, with the current one
     */
    public Outcome submit(Change change, WriteCall call) {
        return submit(change, call, timeout);
    }

    private Outcome submit(Change change, WriteCall call, Duration patience) {
        try {
            return awaitOrWithdraw(balancer.submit(call.with(change)), patience);
        } catch (Refusal refusal) {
            if (refusal.reason() != Reason.STALE_ETAG) {
                throw refusal;
            }
            ProblemException stale = ProblemException.of(refusal);
            Snapshot now = balancer.snapshot();
            throw now.has(change.target())
                    ? stale.withHeader(HttpHeaders.ETAG, EntityTags.of(now, change.target()))
                    : stale;
        }
    }

    /** A change whose turn has not come in time is taken back; of one that is being made nobody can say more. */
    private Outcome awaitOrWithdraw(CompletableFuture<Outcome> answer, Duration patience) {
        try {
            return await(answer, patience);
        } catch (Refusal refusal) {
            if (refusal.reason() == Reason.OUTCOME_UNKNOWN && answer.cancel(false)) {
                throw new Refusal(
                        Reason.WRITER_BUSY,
                        refusal.detail()
                                + " The change still waited for its turn and was withdrawn; nothing was changed.",
                        "Try again in a moment.",
                        List.of(),
                        0,
                        refusal);
            }
            throw refusal;
        }
    }

    /** Waits for the writer. */
    public <T> T await(CompletableFuture<T> answer) {
        return await(answer, timeout);
    }

    private static <T> T await(CompletableFuture<T> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw unknown("The writer did not answer within " + patience.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("The server is stopping.", e);
        }
    }

    private static Refusal unknown(String detail, Exception cause) {
        return new Refusal(
                Reason.OUTCOME_UNKNOWN, detail, "Read the resource before trying again.", List.of(), 0, cause);
    }
}
