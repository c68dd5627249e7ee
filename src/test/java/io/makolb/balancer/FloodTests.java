package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.Change;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Vip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More changes than the writer can make at once. */
class FloodTests {

    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:02:01");

    @TempDir
    private Path directory;

    private Balancers balancers;
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch flooded = new CountDownLatch(1);

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
        for (int n = 1; n <= 40; n++) {
            balancers.apply(putVip(n));
        }
    }

    @AfterEach
    void stop() {
        flooded.countDown();
        balancers.close();
    }

    /** A change that keeps the writer until the flood is there. */
    private CompletableFuture<Outcome> keepBusy() {
        CompletableFuture<Outcome> answer = balancers.submit(new Change.EditVip(vip(1), vip -> {
            busy.countDown();
            awaitUninterrupted(flooded);
            return renamed(vip, "busy");
        }));
        awaitUninterrupted(busy);
        return answer;
    }

    private static Vip renamed(Vip vip, String description) {
        return new Vip(vip.id(), vip.flags(), vip.hashFunction(), vip.onEmpty(), description, vip.labels());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheMachineSaysOvertakesTheFlood() {
        keepBusy();
        AtomicReference<Optional<MacAddress>> seen = new AtomicReference<>(Optional.empty());
        List<CompletableFuture<Outcome>> flood = new ArrayList<>();
        flood.add(balancers.submit(new Change.EditVip(vip(2), vip -> {
            seen.set(balancers
                    .balancer()
                    .snapshot()
                    .image()
                    .interfaces()
                    .get("eth0")
                    .gateway());
            return renamed(vip, "first of the flood");
        })));
        for (int n = 1; n < Inbox.CAPACITY; n++) {
            flood.add(balancers.submit(putMember(1 + n % 40, 1 + n % 100, n)));
        }
        balancers.balancer().observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));
        flooded.countDown();

        flood.forEach(Balancers::await);

        assertThat(seen.get())
                .as("the gateway in force when the first of %s waiting changes was begun", Inbox.CAPACITY)
                .hasValue(ROUTER);
    }

    @Test
    void whoComesWhenTooManyWaitIsToldSo() {
        keepBusy();
        for (int n = 0; n < Inbox.CAPACITY; n++) {
            balancers.submit(putMember(3, 3, n));
        }

        assertThatThrownBy(() -> balancers.submit(putMember(3, 3, 0)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.WRITER_BUSY));
    }

    @Test
    void aBatchIsAboutSoManyVipsThatTheirRingsDoNotKeepTheWriter() {
        keepBusy();
        List<CompletableFuture<Outcome>> flood = new ArrayList<>();
        for (int n = 2; n < 2 + 2 * Inbox.BATCH_VIPS; n++) {
            flood.add(balancers.submit(putMember(n, 1, 1)));
            flood.add(balancers.submit(putMember(n, 2, 1)));
        }
        int stagings = balancers.kernel().stagings();
        flooded.countDown();

        flood.forEach(Balancers::await);

        // The one that kept it busy, and two batches of the flood, each with a plan of its own.
        assertThat(balancers.kernel().stagings() - stagings).isEqualTo(3);
    }

    @Test
    void whatStillWaitsCanBeWithdrawnAndWhatWasBegunCannot() {
        CompletableFuture<Outcome> begun = keepBusy();
        CompletableFuture<Outcome> waiting = balancers.submit(putMember(3, 3, 7));

        assertThat(waiting.cancel(false)).isTrue();
        assertThat(begun.cancel(false)).isFalse();
        flooded.countDown();

        assertThat(Balancers.await(begun).changed()).isTrue();
        assertThat(balancers
                        .apply(putVip(3))
                        .snapshot()
                        .configuration()
                        .vips()
                        .get(vip(3))
                        .members())
                .as("nothing was changed by the one withdrawn")
                .isEmpty();
    }
}
