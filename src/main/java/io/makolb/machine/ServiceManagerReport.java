package io.makolb.machine;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Condition;
import io.makolb.balancer.Snapshot;
import io.makolb.linux.LinuxException;
import io.makolb.linux.SdNotify;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Tells the service manager when the process is ready, how it is, and that it ends: {@code Type=notify}. Ready means that the
 * API answers and that it is decided whose plane the kernel holds.
 */
final class ServiceManagerReport {

    private static final Logger log = LoggerFactory.getLogger(ServiceManagerReport.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final SdNotify serviceManager;
    private final Balancer balancer;
    private @Nullable ScheduledExecutorService reports;
    private String lastStatus = "";
    private boolean ready;

    ServiceManagerReport(SdNotify serviceManager, Balancer balancer) {
        this.serviceManager = serviceManager;
        this.balancer = balancer;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void serve() {
        if (!serviceManager.isListening() || reports != null) {
            return;
        }
        report();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "mako-notify");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.scheduleWithFixedDelay(this::report, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        serviceManager.watchdogInterval().ifPresent(limit -> {
            long half = limit.dividedBy(2).toMillis();
            scheduler.scheduleWithFixedDelay(() -> send(serviceManager::watchdog), half, half, TimeUnit.MILLISECONDS);
        });
        reports = scheduler;
    }

    @EventListener(ContextClosedEvent.class)
    synchronized void end() {
        ScheduledExecutorService scheduler = reports;
        if (scheduler == null) {
            return;
        }
        scheduler.shutdown();
        reports = null;
        send(serviceManager::stopping);
    }

    private synchronized void report() {
        Snapshot snapshot = balancer.snapshot();
        String status = StatusLine.of(snapshot);
        if (!status.equals(lastStatus)) {
            lastStatus = status;
            send(() -> serviceManager.status(status));
        }
        if (!ready && snapshot.condition().state() != Condition.State.STARTING) {
            ready = true;
            send(serviceManager::ready);
        }
    }

    private static void send(Runnable message) {
        try {
            message.run();
        } catch (LinuxException e) {
            log.warn("The service manager cannot be told: {}", e.getMessage());
        }
    }
}
