package io.makolb.machine;

import io.makolb.linux.Netlink;
import io.makolb.linux.NetlinkEvent;
import io.makolb.linux.NetlinkMonitor;
import io.makolb.model.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Watches the machine on a thread of its own. An event of the kernel only says that it is time to look; what is reported comes
 * from what is there then, so that lost, doubled or reordered events do no harm.
 */
final class MachineWatch implements SmartLifecycle {

    /** Before the web server: the first request finds the gateway, if it answers. The balancer is there since its bean is. */
    static final int PHASE = -1000;

    /** How long the start waits for the gateway's answer to an ARP request or neighbour solicitation. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A router's new MAC address may be known only to who asks. */
    static final Duration REFRESH = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(MachineWatch.class);

    private final Duration refresh;
    private final MachineView view;
    private final Semaphore news = new Semaphore(0);
    private final AtomicBoolean everything = new AtomicBoolean(true);
    private final AtomicBoolean deaf = new AtomicBoolean();
    private final CountDownLatch settled = new CountDownLatch(1);
    private @Nullable Netlink netlink;
    private @Nullable NetlinkMonitor monitor;
    private @Nullable Thread thread;
    private boolean failing;
    private volatile boolean running;

    /**
     * A watch that has not begun.
     *
     * @param report called on this watch's thread; must not block
     * @param interfaces names of those to be watched
     * @param followGateways whether to find out whom frames are sent to
     * @param refresh how often it looks although the kernel said nothing
     */
    MachineWatch(
            Consumer<Observation> report,
            List<String> interfaces,
            boolean followGateways,
            HostAddressBook addresses,
            Duration refresh) {
        this.refresh = refresh;
        this.view = new MachineView(report, interfaces, followGateways, addresses);
    }

    /** Returns when the first look is reported and the gateways are known, or {@link #PATIENCE} is over. */
    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        // Here and not on the new thread: sockets belong to the network namespace of the thread that opens them.
        monitor = NetlinkMonitor.start(this::heard);
        netlink = Netlink.open();
        running = true;
        Thread watcher = new Thread(this::watch, "mako-machine");
        watcher.setDaemon(true);
        watcher.start();
        thread = watcher;
        try {
            if (!settled.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("The gateway did not answer within {} s; the search goes on.", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        news.release();
        NetlinkMonitor events = monitor;
        if (events != null) {
            events.close();
        }
        try {
            Thread watcher = thread;
            if (watcher != null) {
                watcher.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Netlink kernel = netlink;
        if (kernel != null) {
            kernel.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void heard(NetlinkEvent event) {
        if (event instanceof NetlinkEvent.NeighbourChanged neighbour) {
            if (view.isNextHop(neighbour.neighbour())) {
                news.release();
            }
            return;
        }
        if (event instanceof NetlinkEvent.RouteChanged route && !route.route().isDefault()) {
            return;
        }
        if (event instanceof NetlinkEvent.Ended ended) {
            log.error(
                    "The kernel's network events have ended; looking every {} s instead.",
                    refresh.toSeconds(),
                    ended.cause());
            deaf.set(true);
        }
        everything.set(true);
        news.release();
    }

    private void watch() {
        while (running) {
            look();
            if (view.isSettled()) {
                settled.countDown();
            }
            try {
                news.tryAcquire(refresh.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
            } catch (InterruptedException e) {
                // Nobody but the end of the process interrupts this thread.
                return;
            }
        }
    }

    private void look() {
        Netlink kernel = netlink;
        if (kernel == null) {
            return;
        }
        boolean all = everything.getAndSet(deaf.get());
        try {
            view.look(kernel, all);
            failing = false;
        } catch (RuntimeException e) {
            // The dump of a table that changes meanwhile is refused; the next look asks for everything again.
            everything.set(true);
            if (!failing) {
                log.warn("The machine's links and routes cannot be read: {} Trying again.", e.getMessage());
            }
            failing = true;
        }
    }
}
