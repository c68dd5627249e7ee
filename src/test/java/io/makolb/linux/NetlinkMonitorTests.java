package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void lostEventsAreSaidAndThoseAfterAreNotLost(@TempDir Path directory) throws Exception {
        network.addVeth("one", "other");
        network.ip("addr", "add", "10.77.0.1/16", "dev", "one");
        CountDownLatch changed = new CountDownLatch(1);
        try (NetlinkMonitor monitor = network.call(() -> NetlinkMonitor.start(event -> {
            awaitQuietly(changed);
            events.add(event);
        }))) {
            String routes = IntStream.range(0, 6_000)
                    .mapToObj(i -> "route add 10.200.%d.%d/32 via 10.77.0.2\n".formatted(i >> 8, i & 255))
                    .collect(Collectors.joining());
            network.ip(
                    "-batch",
                    Files.writeString(directory.resolve("routes"), routes).toString());
            changed.countDown();
            expect(NetlinkEvent.EventsLost.class::isInstance);
            network.ip("addr", "add", "127.0.0.9/32", "dev", "lo");
            expect(event -> event instanceof NetlinkEvent.AddressChanged change
                    && change.address().address().getHostAddress().equals("127.0.0.9"));
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
