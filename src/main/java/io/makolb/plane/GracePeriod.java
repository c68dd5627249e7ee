package io.makolb.plane;

import io.makolb.linux.MemoryBarrier;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits in the background until no packet can still see what was taken out of force, and then lets it be used again. What
 * comes in while it waits shares the next wait.
 */
final class GracePeriod implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GracePeriod.class);

    private final Runnable wait;
    private final Thread thread;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean closed;

    GracePeriod() {
        this(MemoryBarrier::awaitRunningPrograms);
    }

    // VisibleForTesting
    GracePeriod(Runnable wait) {
        this.wait = wait;
        this.thread = new Thread(this::run, "mako-grace");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs {@code after} when every packet that is being looked at now is gone. */
    synchronized void then(Runnable after) {
        waiting.add(after);
        notifyAll();
    }

    /** Waits for it on the calling thread. */
    void await() {
        wait.run();
    }

    private void run() {
        List<Runnable> batch = next();
        while (!batch.isEmpty()) {
            try {
                wait.run();
                batch.forEach(Runnable::run);
            } catch (RuntimeException e) {
                // What is not given back stays out of use: safe, and the shortage names itself.
                log.error("Retired rings and tables cannot be used again: {}", e.getMessage(), e);
            }
            batch = next();
        }
    }

    private synchronized List<Runnable> next() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return List.of();
            }
        }
        List<Runnable> batch = List.copyOf(waiting);
        waiting.clear();
        return batch;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
