package io.makolb.balancer;

import static io.makolb.balancer.Configurations.grid;
import static io.makolb.balancer.Configurations.member;
import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.replace;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneLimits;
import io.makolb.plane.PlanePlan;
import io.makolb.store.StoreFailures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large changes, and what becomes of others meanwhile. */
class BulkTests {

    private static final PlaneLimits LIMITS = new PlaneLimits(256, 1024, 16_384, 101, 6, 10_000);
    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:02:01");
    private static final int VIPS = 100;

    @TempDir
    private Path directory;

    private Balancers balancers;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile IntConsumer duringPreparation = attempt -> {};

    @BeforeEach
    void start() {
        // Rules are asked while a large change is prepared: the one place where a test can step in between.
        balancers = Balancers.start(directory, LIMITS).with((after, differences, force) -> {
            if (Thread.currentThread().getName().equals("mako-bulk")) {
                duringPreparation.accept(attempts.incrementAndGet());
            }
        });
        balancers.restart();
        balancers.apply(putVip(200));
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    private Snapshot snapshot() {
        return balancers.balancer().snapshot();
    }

    private static Configuration weighted(int weight) {
        Configuration configuration = grid(VIPS, 4, 400);
        for (int n = 1; n <= VIPS; n++) {
            configuration = new Change.ReplaceMembers(vip(n), List.of(member(n, weight), member(n + 1, 1)))
                    .applyTo(configuration);
        }
        return configuration;
    }

    @Test
    void itIsOneRevisionAndInForceByPortions() {
        balancers.apply(replace(weighted(5)));
        int stagings = balancers.kernel().stagings();
        long revision = snapshot().revision();

        Outcome outcome = balancers.apply(replace(weighted(6)));

        assertThat(outcome.applied()).isTrue();
        assertThat(outcome.revision()).isEqualTo(revision + 1);
        assertThat(balancers.kernel().stagings() - stagings)
                .as("portions of %s rings", Portions.RINGS)
                .isEqualTo((VIPS + Portions.RINGS - 1) / Portions.RINGS);
        int writes = balancers.kernel().writes();
        Snapshot before = snapshot();
        assertThat(balancers.restart().balancer().snapshot()).isEqualTo(before);
        assertThat(balancers.kernel().writes())
                .as("the kernel holds what the store says")
                .isEqualTo(writes);
    }

    @Test
    void realsLeaveOnlyWithTheLastPortion() {
        balancers.apply(replace(weighted(5)));

        assertThat(balancers.apply(replace(grid(VIPS, 2, 30))).applied()).isTrue();
        assertThat(balancers.apply(replace(grid(0, 0, 1))).applied()).isTrue();

        assertThat(snapshot().image().vips()).isEmpty();
        assertThat(snapshot().image().reals()).isEmpty();
    }

    @Test
    void othersAreAnsweredWhileItIsPreparedAndNoneOfThemIsLost() {
        duringPreparation = attempt -> {
            if (attempt == 1) {
                assertThat(balancers.apply(putVip(201)).created()).isTrue();
            }
        };

        Outcome outcome = balancers.apply(new Change.EditConfiguration(before -> {
            Configuration after = before;
            for (int n = 1; n <= VIPS; n++) {
                after = putVip(n).applyTo(after);
            }
            return after;
        }));

        assertThat(attempts).as("prepared again, because of the other").hasValue(2);
        assertThat(outcome.snapshot().configuration().vips()).hasSize(VIPS + 2).containsKey(vip(201));
    }

    @Test
    void preconditionsHoldForWhatWasChangedMeanwhile() {
        long revision = snapshot().revision();
        duringPreparation = attempt -> balancers.apply(putVip(201));

        assertThatThrownBy(() -> balancers.apply(replace(weighted(5)), new Precondition.IfMatch(Set.of(revision))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STALE_ETAG));
        assertThat(snapshot().configuration().vips()).containsOnlyKeys(vip(200), vip(201));
    }

    /** Whoever changes something every time waits in the end, and so does everybody else; the machine does not. */
    @Test
    void itComesToItsEndHoweverManySmallOnesThereAre() {
        CompletableFuture<CompletableFuture<Outcome>> late = new CompletableFuture<>();
        duringPreparation = attempt -> {
            if (attempt <= BulkRoad.TRIES) {
                balancers.apply(putMember(200, attempt, 1));
            } else if (attempt == BulkRoad.TRIES + 1) {
                late.complete(balancers.submit(putVip(210)));
                balancers.balancer().observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));
                await().until(() ->
                        snapshot().image().interfaces().get("eth0").gateway().equals(Optional.of(ROUTER)));
                assertThat(late.join()).isNotDone();
            }
        };

        Outcome large = balancers.apply(replace(weighted(9)));

        assertThat(attempts).hasValue(BulkRoad.TRIES + 2); // the observation was the last to come between
        assertThat(large.applied()).isTrue();
        assertThat(Balancers.await(late.join()).revision()).isEqualTo(large.revision() + 1);
        assertThat(snapshot().image().interfaces().get("eth0").gateway()).hasValue(ROUTER);
    }

    @Test
    void whatChangesNothingIsAnsweredWithoutTheWriter() {
        balancers.apply(replace(weighted(5)));
        int writes = balancers.kernel().writes();
        int stagings = balancers.kernel().stagings();
        long batches = balancers.statistics().writerLoad().batches();

        Outcome again = balancers.apply(replace(weighted(5)));

        assertThat(again.changed()).isFalse();
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
        assertThat(balancers.kernel().stagings()).isEqualTo(stagings);
        assertThat(balancers.statistics().writerLoad().batches()).isEqualTo(batches);
    }

    /** To apply a document of thousands of VIPs takes longer than the writer may be held, however little it changes. */
    @Test
    void theWriterDoesNotApplyAWholeDocument() {
        Set<String> appliedBy = ConcurrentHashMap.newKeySet();

        Outcome outcome = balancers.apply(new Change.EditConfiguration(before -> {
            appliedBy.add(Thread.currentThread().getName());
            return putVip(201).applyTo(before);
        }));

        assertThat(outcome.applied()).isTrue();
        assertThat(snapshot().configuration().vips()).containsKey(vip(201));
        assertThat(appliedBy).containsExactly("mako-bulk");
    }

    @Test
    void aSmallOneIsPreparedAgainWhenAnotherCameBetween() {
        duringPreparation = attempt -> {
            if (attempt == 1) {
                balancers.apply(putVip(201));
            }
        };

        Outcome outcome = balancers.apply(
                new Change.EditConfiguration(before -> putVip(202).applyTo(before)));

        assertThat(attempts).hasValue(2);
        assertThat(outcome.snapshot().configuration().vips()).containsOnlyKeys(vip(200), vip(201), vip(202));
    }

    @Test
    void aFullDiskRefusesAllOfIt() {
        Snapshot before = snapshot();
        balancers.failCommit(StoreFailures.full());

        assertThatThrownBy(() -> balancers.apply(replace(weighted(5))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STORE_FULL));

        assertThat(snapshot()).isEqualTo(before);
        assertThat(balancers.apply(putVip(201)).created()).isTrue();
        assertThat(balancers.apply(replace(weighted(5))).applied()).isTrue();
    }

    @Test
    void aKernelThatRefusesToPrepareItChangesNothing() {
        balancers.kernel().failStaging(new PlaneException("The map cannot be created: EPERM.", 1, null));

        assertThatThrownBy(() -> balancers.apply(replace(weighted(5))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PLANE_UNAVAILABLE));

        assertThat(snapshot().configuration().vips()).containsOnlyKeys(vip(200));
        assertThat(balancers.apply(replace(weighted(5))).applied()).isTrue();
    }

    @Test
    void aPortionTheKernelRefusesIsForTheRepair() {
        balancers.apply(replace(weighted(5)));
        balancers.kernel().refuse(plan -> isLaterPortion(plan), new PlaneException("EIO.", 5, null));

        Outcome outcome = balancers.apply(replace(weighted(6)));

        assertThat(outcome.applied()).isFalse();
        assertThat(outcome.trouble()).contains("EIO");
        balancers.kernel().refuse(plan -> false, new PlaneException("", 0, null));
        await().until(() -> snapshot().condition().state() == Condition.State.READY);
        int writes = balancers.kernel().writes();
        balancers.restart();
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    /** Reading, planning and staging take as long as the plane is large; what the machine says is heard meanwhile. */
    @Test
    void aLargeRepairIsMadeByPortionsBesideTheWriter() {
        balancers.apply(replace(weighted(5)));
        balancers.kernel().refuse(plan -> isLaterPortion(plan), new PlaneException("EIO.", 5, null));
        assertThat(balancers.apply(replace(weighted(6))).applied()).isFalse();
        Queue<String> stagedBy = new ConcurrentLinkedQueue<>();
        AtomicReference<Condition.State> between = new AtomicReference<>();

        balancers
                .kernel()
                .refuse(
                        plan -> {
                            if (Thread.currentThread().getName().equals("mako-repair") && stagedBy.size() == 1) {
                                Observation gateway = new Observation.GatewayMac("eth0", Optional.of(ROUTER));
                                balancers.balancer().observe(gateway);
                                await().until(() -> snapshot().observations().containsValue(gateway));
                                between.set(snapshot().condition().state());
                            }
                            stagedBy.add(Thread.currentThread().getName());
                            return false;
                        },
                        new PlaneException("", 0, null));

        await().until(() -> snapshot().condition().state() == Condition.State.READY);
        assertThat(between).as("after the first portion").hasValue(Condition.State.REPAIRING);
        assertThat(stagedBy).filteredOn("mako-repair"::equals).hasSizeGreaterThan(2);
        assertThat(stagedBy)
                .filteredOn("mako-writer"::equals)
                .as("the gateway, when all else is done")
                .hasSize(1);
        assertThat(snapshot().image().interfaces().get("eth0").gateway()).hasValue(ROUTER);
        int writes = balancers.kernel().writes();
        balancers.restart();
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    /** In the first portion the last VIP still has its old ring. */
    private static boolean isLaterPortion(PlanePlan plan) {
        return plan.before().vips().get(vip(1)).equals(plan.after().vips().get(vip(1)))
                && plan.before()
                        .vips()
                        .get(vip(VIPS - 1))
                        .equals(plan.after().vips().get(vip(VIPS - 1)));
    }

    @Test
    void aSwitchTheKernelRefusesIsForTheRepair() {
        balancers.apply(replace(weighted(5)));
        balancers.kernel().failSwitch(7, new PlaneException("EIO.", 5, null));

        Outcome outcome = balancers.apply(replace(weighted(6)));

        assertThat(outcome.applied()).isFalse();
        await().until(() -> snapshot().condition().state() == Condition.State.READY);
        assertThat(balancers.apply(replace(weighted(6))).changed()).isFalse();
        int writes = balancers.kernel().writes();
        balancers.restart();
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    @Test
    void aProcessThatDiesAfterTheCommitLeavesNothingHalfDone() {
        balancers.dieBeforeSwitch();
        CompletableFuture<Outcome> unanswered = balancers.submit(replace(weighted(5)));
        balancers.awaitDeath();

        balancers.crash();

        assertThat(unanswered).isNotDone();
        assertThat(snapshot().configuration()).isEqualTo(weighted(5));
        assertThat(snapshot().condition().state()).isEqualTo(Condition.State.READY);
        int writes = balancers.kernel().writes();
        balancers.restart();
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    @Test
    void whatStillWaitsCanBeWithdrawn() {
        CountDownLatch preparing = new CountDownLatch(1);
        CountDownLatch withdrawn = new CountDownLatch(1);
        duringPreparation = attempt -> {
            preparing.countDown();
            awaitUninterrupted(withdrawn);
        };
        CompletableFuture<Outcome> large = balancers.submit(replace(weighted(5)));
        awaitUninterrupted(preparing);

        assertThat(large.cancel(false)).isTrue();
        withdrawn.countDown();

        assertThat(balancers.apply(putVip(201)).created()).isTrue();
        assertThat(balancers.apply(replace(weighted(6))).applied()).isTrue();
        assertThat(snapshot().revision()).as("the one withdrawn made none").isEqualTo(3);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
