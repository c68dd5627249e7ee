package io.makolb.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import io.makolb.model.Configuration;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.StagedPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts staged plans in force, and keeps at it when the kernel refuses. One refusal opens the circuit breaker: then nothing more is
 * made durable that packets would not obey, until a repair, which half-opens it, has succeeded.
 */
final class Switching {

    private static final Logger LOG = LoggerFactory.getLogger(Switching.class);

    /** After so many attempts with the same staged plan, what the kernel holds is read and planned for anew. */
    private static final int PATIENCE = 3;

    /**
     * A staged plan with where it leads.
     *
     * @param after the image it puts in force
     * @param configuration what that image is the projection of; absent: a part of the way to one
     */
    record Goal(
            StagedPlan staged, PlaneImage after, @Nullable Configuration configuration) {}

    private final CircuitBreaker breaker;
    private final IntervalFunction backoff;
    private @Nullable Goal unfinished;
    private boolean repairing;

    /** The repair that is being made beside the writer; 0: none is. */
    private long underWay;

    private long begun;
    private int attempts;
    private long due;
    private String sentence = "";

    Switching(CircuitBreaker breaker, IntervalFunction backoff) {
        this.breaker = breaker;
        this.backoff = backoff;
    }

    /** Whether the kernel holds something else than it should. */
    boolean repairing() {
        return repairing;
    }

    /** Why, as a sentence; empty when it does not. */
    String sentence() {
        return sentence;
    }

    /** Nanoseconds until the next repair; {@link Inbox#FOREVER} when there is nothing to repair. */
    long untilDue(long now) {
        return repairing && underWay == 0 ? Math.max(0, due - now) : Inbox.FOREVER;
    }

    /** Puts a plan in force, after which packets obey all that they should. False: it will be repaired. */
    boolean putInForce(Goal goal) {
        boolean reached = put(goal);
        if (reached) {
            end();
        }
        return reached;
    }

    private boolean put(Goal goal) {
        try {
            breaker.executeRunnable(() -> goal.staged().switchOver());
        } catch (PlaneException e) {
            failed(goal, e);
            return false;
        }
        // A plan that was switched and then not found is at its end: the repair starts from what is there.
        try {
            goal.staged().verify();
        } catch (PlaneException e) {
            failed(e);
            return false;
        }
        return true;
    }

    private void end() {
        repairing = false;
        underWay = 0;
        unfinished = null;
        attempts = 0;
        sentence = "";
    }

    /** Something could not even be staged, though it must be in force: a matter for the repair as well. */
    void failed(PlaneException e) {
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            breaker.transitionToOpenState();
        }
        failed(null, e);
    }

    private void failed(@Nullable Goal goal, PlaneException e) {
        unfinished = goal;
        repairing = true;
        underWay = 0;
        attempts++;
        long millis = backoff.apply(attempts);
        due = System.nanoTime() + millis * 1_000_000;
        sentence = "Packets obey an older configuration, because the kernel refused the switch: " + e.getMessage();
        LOG.warn("{} Attempt {}; the next follows in {} ms.", sentence, attempts, millis, e);
    }

    /** After an error of our own nobody knows what packets obey: the repair looks, and does what is missing. */
    void doubt(RuntimeException e) {
        replan();
        failed(new PlaneException("nobody knows whether it was made after an error of Mako's own: " + e, 0, e));
    }

    /** What is wanted has changed: the next repair plans anew, at once. */
    void replan() {
        if (unfinished != null) {
            unfinished.staged().abandon();
            unfinished = null;
        }
        due = System.nanoTime();
    }

    /**
     * Tries the plan once more that was refused.
     *
     * @return absent: there is none, or it was tried often enough; what the kernel holds must be read
     */
    Optional<Goal> again() {
        if (attempts >= PATIENCE) {
            replan();
        }
        return Optional.ofNullable(unfinished);
    }

    /** Puts it in force. False: not yet. */
    boolean repair(Goal goal) {
        breaker.transitionToHalfOpenState();
        boolean reached = putInForce(goal);
        if (reached) {
            LOG.info("Packets obey the configuration again.");
        }
        return reached;
    }

    /**
     * A repair begins that reads, plans and stages beside the writer.
     *
     * @return its number
     */
    long depart() {
        underWay = ++begun;
        return underWay;
    }

    /** Whether a repair is being made beside the writer. */
    boolean isUnderWay() {
        return underWay != 0;
    }

    /** Whether this repair still goes on. Whatever else brings the kernel to what it should be, or is refused by it, ends it. */
    boolean isUnderWay(long repair) {
        return underWay == repair;
    }

    /** Puts a portion of a repair in force. False: the repair is at its end, and another will follow. */
    boolean enter(Goal portion) {
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
        boolean reached = put(portion);
        if (!reached) {
            replan();
        }
        return reached;
    }

    /** The last portion of a repair is in force. */
    void arrive() {
        end();
        LOG.info("Packets obey the configuration again.");
    }
}
