package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReusePoolTests {

    private final Semaphore passed = new Semaphore(0);
    private final GracePeriod grace = new GracePeriod(passed::acquireUninterruptibly);
    private final ReusePool pool = new ReusePool("places", grace);

    @AfterEach
    void end() {
        passed.release(100);
        grace.close();
    }

    @Test
    void whatPacketsHaveSeenIsFreeOnlyAfterTheGracePeriod() {
        pool.retire(List.of(7));
        assertThat(pool.poll()).isEmpty();

        passed.release();

        await().untilAsserted(() -> assertThat(pool.poll()).hasValue(7));
    }

    @Test
    void whatPacketsHaveNotSeenIsFreeAtOnce() {
        pool.giveBack(List.of(3, 4));

        assertThat(pool.poll()).hasValue(3);
        assertThat(pool.take()).isEqualTo(4);
        assertThat(pool.poll()).isEmpty();
    }

    @Test
    void whoNeedsOneWaitsForTheGracePeriod() {
        pool.retire(List.of(9));
        CompletableFuture<Integer> taken = CompletableFuture.supplyAsync(pool::take);

        passed.release();

        assertThat(taken.join()).isEqualTo(9);
    }

    @Test
    void oneGracePeriodThatWasBegunBeforeIsNotEnough() {
        pool.retire(List.of(1));
        await().until(passed::hasQueuedThreads);
        pool.retire(List.of(2));

        passed.release();
        await().untilAsserted(() -> assertThat(pool.poll()).hasValue(1));
        await().until(passed::hasQueuedThreads);
        assertThat(pool.poll()).isEmpty();

        passed.release();
        await().untilAsserted(() -> assertThat(pool.poll()).hasValue(2));
    }
}
