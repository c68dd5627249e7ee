package io.makolb.plane;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Numbers of places that are written aside and switched in. What was seen by packets comes back after a grace period. */
final class ReusePool {

    /** A grace period takes 8 to 20 ms; after this long something is broken. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String what;
    private final GracePeriod grace;
    private final Deque<Integer> ready = new ArrayDeque<>();

    /**
     * A pool.
     *
     * @param what for messages: "rings"
     */
    ReusePool(String what, GracePeriod grace) {
        this.what = what;
        this.grace = grace;
    }

    /** A free number, if there is one now. */
    synchronized OptionalInt poll() {
        Integer number = ready.poll();
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** A free number; waits for one that is in its grace period. */
    synchronized int take() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (ready.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new PlaneException("No " + what + " are free, though some should have become so.", 0, null);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlaneException("Interrupted while waiting for free " + what + ".", 0, e);
            }
        }
        return ready.remove();
    }

    /** Takes numbers back that no packet has seen. */
    synchronized void giveBack(Collection<Integer> numbers) {
        ready.addAll(numbers);
        notifyAll();
    }

    /** Takes numbers back that packets may still see. */
    void retire(Collection<Integer> numbers) {
        if (!numbers.isEmpty()) {
            List<Integer> retired = List.copyOf(numbers);
            grace.then(() -> giveBack(retired));
        }
    }
}
