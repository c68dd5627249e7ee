package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.real;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Vip;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneLimits;
import io.makolb.store.StoreFailures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to changes that share a batch. */
class BatchTests {

    private static final PlaneLimits SMALL = new PlaneLimits(64, 8, 64, 101, 6, 10_000);

    @TempDir
    private Path directory;

    private Balancers balancers;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory, SMALL);
        balancers.apply(putVip(1));
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    /** Keeps the writer busy until all of them wait, so that they become one batch. */
    private List<CompletableFuture<Outcome>> together(List<Change> changes) {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        answers.add(balancers.submit(new Change.EditVip(vip(1), vip -> {
            busy.countDown();
            awaitUninterrupted(queued);
            return new Vip(
                    vip.id(), vip.flags(), vip.hashFunction(), vip.onEmpty(), vip.description() + "!", vip.labels());
        })));
        awaitUninterrupted(busy);
        changes.forEach(change -> answers.add(balancers.submit(change)));
        queued.countDown();
        answers.remove(0).join();
        return answers;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal refusal(CompletableFuture<Outcome> answer) {
        try {
            Outcome outcome = Balancers.await(answer);
            throw new AssertionError("expected a refusal, not " + outcome.revision());
        } catch (Refusal refusal) {
            return refusal;
        }
    }

    private Configuration configuration() {
        return balancers.balancer().snapshot().configuration();
    }

    @Test
    void survivorsShareOnePlanAndGetARevisionEach() {
        int stagings = balancers.kernel().stagings();
        long revision = balancers.balancer().snapshot().revision();

        List<CompletableFuture<Outcome>> answers =
                together(List.of(putVip(2), new Change.DeleteVip(vip(9)), putMember(2, 1, 1), putVip(2), putVip(3)));

        assertThat(Balancers.await(answers.get(0)).revision()).isEqualTo(revision + 2);
        assertThat(refusal(answers.get(1)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(Balancers.await(answers.get(2)).revision()).isEqualTo(revision + 3);
        assertThat(Balancers.await(answers.get(3)).changed()).isFalse();
        assertThat(Balancers.await(answers.get(4)).revision()).isEqualTo(revision + 4);
        assertThat(balancers.kernel().stagings()).isEqualTo(stagings + 2);
        assertThat(balancers.restart().balancer().snapshot().revision()).isEqualTo(revision + 4);
    }

    @Test
    void thoseThatDoNotFitAreFoundAndTheOthersGoOn() {
        List<Change> changes = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            changes.add(putMember(1, n, 1));
            changes.add(putVip(n));
        }

        List<CompletableFuture<Outcome>> answers = together(changes);

        for (int n = 1; n <= 20; n++) {
            CompletableFuture<Outcome> member = answers.get(2 * n - 2);
            if (n <= 7) {
                assertThat(Balancers.await(member).applied()).isTrue();
            } else {
                Refusal refusal = refusal(member);
                assertThat(refusal.reason()).isEqualTo(Reason.CAPACITY);
                assertThat(refusal.detail()).contains("Of 7, 7 are used and 0 are left");
                assertThat(refusal.remedy()).contains("mako.dataplane.max-reals");
            }
            assertThat(Balancers.await(answers.get(2 * n - 1)).applied()).isTrue();
        }
        assertThat(configuration().vips()).hasSize(20);
        assertThat(Configurations.members(configuration(), vip(1))).hasSize(7).doesNotContainKey(real(8));
    }

    @Test
    void whatTheKernelHasNoMemoryForIsRefusedAlone() {
        balancers
                .kernel()
                .refuse(
                        plan -> plan.after().vips().containsKey(vip(5)),
                        new PlaneFullException(
                                PlaneFullException.Limit.KERNEL_MEMORY, 0, 0, "The kernel has no memory left.", 12));

        List<CompletableFuture<Outcome>> answers =
                together(List.of(putVip(3), putVip(4), putVip(5), putMember(5, 1, 1), putVip(6)));

        assertThat(refusal(answers.get(2)).reason()).isEqualTo(Reason.KERNEL_MEMORY);
        assertThat(refusal(answers.get(2)).errno()).isEqualTo(12);
        assertThat(refusal(answers.get(3)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(configuration().vips()).containsOnlyKeys(vip(1), vip(3), vip(4), vip(6));
    }

    /** Otherwise those behind it, and what the machine says, would wait while the offenders are searched for. */
    @Test
    void whoeverIsAtFaultIsSearchedForOverManyTurns() {
        balancers
                .kernel()
                .refuse(
                        plan -> plan.after().vips().containsKey(vip(5))
                                || plan.after().vips().containsKey(vip(11)),
                        new PlaneFullException(
                                PlaneFullException.Limit.KERNEL_MEMORY, 0, 0, "The kernel has no memory left.", 12));
        long holds = balancers.statistics().writerLoad().holds();
        int stagings = balancers.kernel().stagings();

        List<CompletableFuture<Outcome>> answers = together(
                IntStream.rangeClosed(2, 13).mapToObj(n -> (Change) putVip(n)).toList());

        assertThat(refusal(answers.get(3)).reason()).isEqualTo(Reason.KERNEL_MEMORY);
        assertThat(refusal(answers.get(9)).reason()).isEqualTo(Reason.KERNEL_MEMORY);
        for (int i = 0; i < answers.size(); i++) {
            if (i != 3 && i != 9) {
                assertThat(Balancers.await(answers.get(i)).applied()).isTrue();
            }
        }
        int attempts = balancers.kernel().stagings() - stagings;
        assertThat(attempts).isGreaterThan(4);
        await().untilAsserted(
                        () -> assertThat(balancers.statistics().writerLoad().holds() - holds)
                                .as("turns for %s attempts", attempts)
                                .isGreaterThanOrEqualTo(attempts));
    }

    @Test
    void aKernelThatRefusesToPrepareChangesNothing() {
        balancers.kernel().failStaging(new PlaneException("The map cannot be created: EPERM.", 1, null));

        assertThatThrownBy(() -> balancers.apply(putVip(2))).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.PLANE_UNAVAILABLE);
            assertThat(refusal.errno()).isEqualTo(1);
        });

        assertThat(balancers.apply(putVip(2)).created()).isTrue();
    }

    @Test
    void oneMoreVipThanThereIsRoomForIsRefused() {
        List<Change> changes = new ArrayList<>();
        for (int n = 2; n <= 64; n++) {
            changes.add(putVip(n));
        }
        together(changes).forEach(Balancers::await);

        assertThatThrownBy(() -> balancers.apply(putVip(65))).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.CAPACITY);
            assertThat(refusal.detail()).contains("Of 64, 64 are used and 0 are left");
            assertThat(refusal.remedy()).contains("mako.dataplane.max-vips");
        });
        assertThatThrownBy(() -> balancers.preview(putVip(65)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CAPACITY));
    }

    @Test
    void aFullDiskRefusesTheWholeBatchAndNothingElse() {
        Snapshot before = balancers.balancer().snapshot();
        balancers.failCommit(StoreFailures.full());

        assertThatThrownBy(() -> balancers.apply(putVip(2)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STORE_FULL));

        assertThat(balancers.balancer().snapshot()).isEqualTo(before);
        assertThat(balancers.apply(putVip(2)).revision()).isEqualTo(before.revision() + 1);
    }

    @Test
    void aCommitThatFailedIsForgottenOnlyAfterTheStoreWasReadAgain() {
        balancers.failCommit(StoreFailures.unavailable());

        assertThatThrownBy(() -> balancers.apply(putVip(2)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE));

        assertThat(balancers.apply(putVip(2)).created()).isTrue();
    }

    @Test
    void aCommitNobodyKnowsOfTurnsOutToHaveBeenMade() {
        balancers.failAfterCommit(StoreFailures.unknown());

        assertThatThrownBy(() -> balancers.apply(putVip(2)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN));

        assertThat(balancers.apply(putVip(2)).changed()).isFalse();
        Snapshot snapshot = balancers.balancer().snapshot();
        assertThat(snapshot.condition().state()).isEqualTo(Condition.State.READY);
        assertThat(snapshot.image().vips()).containsKey(vip(2));
    }
}
