package io.makolb.balancer;

import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writer: observations in a lane of their own, changes and commands in order and bounded. */
final class Inbox {

    /** Changes and commands that may wait. */
    static final int CAPACITY = 1024;

    /** Changes that share one plan, one fsync and one switch. */
    static final int BATCH = 256;

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
     * The next work, as soon as there is some.
     *
     * @param nanos wait at most so long; then the work may be empty
     */
    Work take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (open && observations.isEmpty() && internal.isEmpty() && tasks.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<Observation> observed = List.copyOf(observations.values());
            observations.clear();
            List<Runnable> asked = List.copyOf(internal);
            internal.clear();
            Optional<Command> command = Optional.empty();
            List<Pending> changes = new ArrayList<>();
            if (tasks.peek() instanceof Command first) {
                command = Optional.of(first);
                tasks.remove();
            }
            while (command.isEmpty() && changes.size() < BATCH && tasks.peek() instanceof Pending pending) {
                changes.add(pending);
                tasks.remove();
            }
            return new Work(observed, asked, changes, command, open || !tasks.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** No limit: {@link #take} waits until something comes. */
    static final long FOREVER = TimeUnit.DAYS.toNanos(1);
}
