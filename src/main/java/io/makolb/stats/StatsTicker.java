package io.makolb.stats;

import io.makolb.plane.CounterSample;
import io.makolb.plane.ForwardingPlane;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads all counters once per tick, on a thread of its own: whatever asks for numbers costs the kernel nothing. A reading that
 * fails leaves the last snapshot in place, whose age tells.
 */
final class StatsTicker implements Stats, SmartLifecycle {

    /** Between two readings. */
    static final Duration TICK = Duration.ofSeconds(1);

    /** Before the web server's {@code WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE}. */
    private static final int PHASE = Integer.MAX_VALUE - 8192;

    private static final Logger log = LoggerFactory.getLogger(StatsTicker.class);

    private final ForwardingPlane plane;
    private final Clock clock;
    // Its threads end after a minute without a listener; a listener that hangs must not hold up the end of the process.
    private final Listeners listeners = new Listeners(Executors.newCachedThreadPool(daemon("mako-stats-listener")));
    private @Nullable ScheduledExecutorService ticks;
    private @Nullable CounterSample before;
    private boolean failing;
    private volatile StatsSnapshot latest = StatsSnapshot.NONE;

    /**
     * A ticker at rest.
     *
     * @param clock tells people when; intervals come from the monotonic time of the readings
     */
    StatsTicker(ForwardingPlane plane, Clock clock) {
        this.plane = plane;
        this.clock = clock;
    }

    @Override
    public StatsSnapshot latest() {
        return latest;
    }

    @Override
    public Subscription subscribe(Consumer<StatsSnapshot> listener) {
        return listeners.add(listener);
    }

    /** Reads once, and shows everybody what it read. */
    synchronized void tick() {
        CounterSample now;
        try {
            now = plane.counters();
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("The counters cannot be read; the numbers stay as they are. {}", e.getMessage());
                log.debug("Reading the counters failed.", e);
            }
            failing = true;
            return;
        }
        if (failing) {
            log.info("The counters can be read again.");
            failing = false;
        }
        latest = Rates.between(before, now, latest.tick() + 1, clock.instant());
        before = now;
        listeners.publish(latest);
    }

    @Override
    public synchronized void start() {
        if (ticks != null) {
            return;
        }
        tick();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(daemon("mako-stats"));
        // Not at a fixed rate: after a pause that would take several readings at once, and rates over no time.
        scheduler.scheduleWithFixedDelay(this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
        ticks = scheduler;
    }

    @Override
    public void stop() {
        ScheduledExecutorService scheduler;
        synchronized (this) {
            scheduler = ticks;
            ticks = null;
        }
        if (scheduler != null) {
            scheduler.shutdown();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return ticks != null;
    }

    /** After the balancer and before the web server: the first request finds numbers. */
    @Override
    public int getPhase() {
        return PHASE;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
