package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BpfTest
class NetlinkMonitorTests {

    private final BlockingQueue<NetlinkEvent> events = new LinkedBlockingQueue<>();
    private PrivateNetwork network;

    @BeforeEach
    void build() throws Exception {
        network = PrivateNetwork.create();
    }

    @AfterEach
    void tearDown() {
        network.close();
    }

    @Test
    void everyKindOfChangeIsReported() throws Exception {
        try (NetlinkMonitor monitor = network.call(() -> NetlinkMonitor.start(events::add))) {
            network.addVeth("one", "other");
            expect(event -> event instanceof NetlinkEvent.LinkChanged change
                    && change.link().name().equals("one")
                    && change.link().administrativelyUp()
                    && !change.removed());
            network.ip("addr", "add", "10.77.1.1/24", "dev", "one");
            expect(event -> event instanceof NetlinkEvent.AddressChanged change
                    && change.address().address().getHostAddress().equals("10.77.1.1"));
            network.ip("route", "add", "10.200.0.0/16", "via", "10.77.1.9");
            expect(event -> event instanceof NetlinkEvent.RouteChanged change
                    && change.route().prefixLength() == 16
                    && !change.removed());
            network.ip("neigh", "add", "10.77.1.9", "lladdr", "02:00:00:00:00:01", "dev", "one");
            expect(event -> event instanceof NetlinkEvent.NeighbourChanged change
                    && change.neighbour().ethernet().isPresent());
            network.ip("link", "del", "one");
            expect(event -> event instanceof NetlinkEvent.LinkChanged change
                    && change.link().name().equals("one")
                    && change.removed());
            assertThat(monitor).isNotNull();
        }
    }

    @Test
    void nothingIsReportedAfterClosing() throws Exception {
        NetlinkMonitor monitor = network.call(() -> NetlinkMonitor.start(events::add));
        network.addVeth("one", "other");
        expect(NetlinkEvent.LinkChanged.class::isInstance);
        monitor.close();
        monitor.close();
        events.clear();
        network.ip("link", "del", "one");
        assertThat(events).isEmpty();
    }

    @Test
    void aListenerCanEndTheWatching() throws Exception {
        AtomicReference<NetlinkMonitor> monitor = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        monitor.set(network.call(() -> NetlinkMonitor.start(event -> {
            awaitQuietly(started);
            monitor.get().close();
            events.add(event);
        })));
        started.countDown();
        network.addVeth("one", "other");
        expect(NetlinkEvent.LinkChanged.class::isInstance);
        monitor.get().close();
    }

    @Test
    void aFailingListenerHearsTheNextEventAllTheSame() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        try (NetlinkMonitor monitor = network.call(() -> NetlinkMonitor.start(event -> {
            if (first.getAndSet(false)) {
                throw new IllegalStateException("a listener's own fault, on purpose");
            }
            events.add(event);
        }))) {
            network.addVeth("one", "other");
            expect(event -> event instanceof NetlinkEvent.LinkChanged change
                    && change.link().carrier());
            assertThat(monitor).isNotNull();
        }
    }

    private void expect(Predicate<NetlinkEvent> wanted) throws InterruptedException {
        NetlinkEvent event = events.poll(30, TimeUnit.SECONDS);
        while (event != null && !wanted.test(event)) {
            event = events.poll(30, TimeUnit.SECONDS);
        }
        assertThat(event).as("the event waited for").isNotNull();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
