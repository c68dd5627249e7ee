package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ListenersTests {

    private final Queue<Runnable> deliveries = new ArrayDeque<>();
    private final Listeners listeners = new Listeners(deliveries::add);
    private final List<Long> seen = new ArrayList<>();

    @Test
    void everyListenerGetsEverySnapshot() {
        listeners.add(snapshot -> seen.add(snapshot.tick()));
        listeners.add(snapshot -> seen.add(100 + snapshot.tick()));

        listeners.publish(snapshot(1));
        deliver();
        listeners.publish(snapshot(2));
        deliver();

        assertThat(seen).containsExactlyInAnyOrder(1L, 101L, 2L, 102L);
    }

    @Test
    void aSlowListenerGetsTheLatestOnly() {
        listeners.add(snapshot -> seen.add(snapshot.tick()));

        listeners.publish(snapshot(1));
        listeners.publish(snapshot(2));
        listeners.publish(snapshot(3));

        assertThat(deliveries).hasSize(1);
        deliver();
        assertThat(seen).containsExactly(3L);
    }

    @Test
    void aListenerThatHangsHoldsOneThreadAndNobodyUp() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Listeners busy = new Listeners(threads);
            CountDownLatch hanging = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            List<Long> ofSlow = new CopyOnWriteArrayList<>();
            List<Long> ofFast = new CopyOnWriteArrayList<>();
            busy.add(snapshot -> {
                hanging.countDown();
                awaitUninterruptibly(release);
                ofSlow.add(snapshot.tick());
            });
            busy.add(snapshot -> ofFast.add(snapshot.tick()));

            busy.publish(snapshot(1));
            hanging.await();
            await().until(() -> ofFast.contains(1L));
            busy.publish(snapshot(2));
            busy.publish(snapshot(3));
            await().until(() -> ofFast.contains(3L));
            assertThat(ofSlow).isEmpty();

            release.countDown();
            await().untilAsserted(() -> assertThat(ofSlow).containsExactly(1L, 3L));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClosedSubscriptionIsNotCalledAgain() {
        Stats.Subscription subscription = listeners.add(snapshot -> seen.add(snapshot.tick()));
        listeners.publish(snapshot(1));
        subscription.close();
        subscription.close();
        deliver();

        listeners.publish(snapshot(2));
        deliver();

        assertThat(seen).isEmpty();
    }

    @Test
    void aListenerThatThrowsIsNotCalledAgain() {
        listeners.add(snapshot -> {
            seen.add(snapshot.tick());
            throw new IllegalStateException("the client is gone");
        });

        listeners.publish(snapshot(1));
        deliver();
        listeners.publish(snapshot(2));
        deliver();

        assertThat(seen).containsExactly(1L);
    }

    private void deliver() {
        for (Runnable next = deliveries.poll(); next != null; next = deliveries.poll()) {
            next.run();
        }
    }

    private static StatsSnapshot snapshot(long tick) {
        return new StatsSnapshot(
                tick,
                Instant.EPOCH,
                Duration.ZERO,
                PlaneStats.ZERO,
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
