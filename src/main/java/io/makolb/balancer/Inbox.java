package io.makolb.balancer;

import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.VipId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What waits for the writer: observations in a lane of their own, changes and commands in order and bounded. */
final class Inbox {

    /** Changes and commands that may wait. */
    static final int CAPACITY = 1024;

    /** Changes that share one plan, one fsync and one switch. Nobody waits for more of them to come. */
    static final int BATCH = 256;

    /** VIPs that the changes of a batch are about: each may need a ring, which takes two milliseconds. */
    static final int BATCH_VIPS = 16;

    /** Something with an author who waits for the answer. */
    sealed interface Task permits Pending, Command {
        void refuse(Refusal refusal);
    }

    /**
     * What to do next, in this order.
     *
     * @param observations the latest of each key
     * @param internal what the writer's own helpers ask for
     * @param changes a batch
     * @param command stands alone: then there are no changes
     * @param open false: the inbox was closed and this is the last
     */
    record Work(
            List<Observation> observations,
            List<Runnable> internal,
            List<Pending> changes,
            Optional<Command> command,
            boolean open) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<String, Observation> observations = new LinkedHashMap<>();
    private final List<Runnable> internal = new ArrayList<>();
    private final Deque<Task> tasks = new ArrayDeque<>();
    private boolean open = true;
    private boolean held;

    /** Changes that the next batch has at most. */
    private int most = BATCH;

    /** @throws Refusal {@code WRITER_BUSY} when too many wait already, or nobody will come any more */
    void offer(Task task) {
        lock.lock();
        try {
            if (!open) {
                throw new Refusal(Reason.WRITER_BUSY, "Mako is shutting down.", "Try again when it is back.");
            }
            if (tasks.size() >= CAPACITY) {
                throw new Refusal(
                        Reason.WRITER_BUSY,
                        CAPACITY + " changes wait already.",
                        "Try again in a moment, with fewer at once.");
            }
            tasks.add(task);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void observe(Observation observation) {
        lock.lock();
        try {
            observations.remove(observation.key());
            observations.put(observation.key(), observation);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void internally(Runnable action) {
        lock.lock();
        try {
            internal.add(action);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the writer do this, ahead of changes, and waits for it. Whoever asks is to be closed before the inbox: then nobody would come.
     */
    <T> T inWriter(Supplier<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        internally(() -> {
            try {
                done.complete(action.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    void inWriter(Runnable action) {
        inWriter(() -> {
            action.run();
            return Boolean.TRUE;
        });
    }

    /**
     * Takes back changes that were handed out and for which nothing was done. They go first, and the next batch has at most so many; each
     * after it may have twice as many again.
     */
    void giveBack(List<Pending> changes, int atMost) {
        lock.lock();
        try {
            for (int i = changes.size() - 1; i >= 0; i--) {
                changes.get(i).pause();
                tasks.addFirst(changes.get(i));
            }
            most = atMost;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes and commands stay where they are until {@link #release}. Observations and the writer's own helpers go on, except for
     * {@link Observation.Reclaimed}, which speaks of numbers that a change on its way relies on.
     */
    void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            held = false;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isHeld() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is accepted; {@link #take} says so once what was accepted is handed out. */
    void close() {
        lock.lock();
        try {
            open = false;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next work, as soon as there is some. What the writer's own helpers ask for stands alone: it may hold what waits.
     *
     * @param nanos wait at most so long; then the work may be empty
     */
    Work take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (open && !isObserved() && internal.isEmpty() && !isAsked() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<Observation> observed =
                    observations.values().stream().filter(this::isDue).toList();
            observed.forEach(observation -> observations.remove(observation.key()));
            List<Runnable> asked = List.copyOf(internal);
            internal.clear();
            Optional<Command> command = Optional.empty();
            List<Pending> changes = List.of();
            if (asked.isEmpty() && isAsked()) {
                if (tasks.peek() instanceof Command first) {
                    command = Optional.of(first);
                    tasks.remove();
                } else {
                    changes = batch();
                }
            }
            return new Work(observed, asked, changes, command, open || !tasks.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    private boolean isAsked() {
        return !held && !tasks.isEmpty();
    }

    private boolean isObserved() {
        return observations.values().stream().anyMatch(this::isDue);
    }

    private boolean isDue(Observation observation) {
        return !held || !(observation instanceof Observation.Reclaimed);
    }

    /** Those that wait, up to the limits, without those that were withdrawn. */
    private List<Pending> batch() {
        List<Pending> changes = new ArrayList<>();
        Set<VipId> vips = new HashSet<>();
        int limit = most;
        most = Math.min(BATCH, 2 * limit);
        while (changes.size() < limit && tasks.peek() instanceof Pending pending) {
            pending.vip().ifPresent(vips::add);
            if (vips.size() > BATCH_VIPS) {
                break;
            }
            tasks.remove();
            if (pending.begin()) {
                changes.add(pending);
            }
        }
        return changes;
    }

    /** No limit: {@link #take} waits until something comes. */
    static final long FOREVER = TimeUnit.DAYS.toNanos(1);
}
