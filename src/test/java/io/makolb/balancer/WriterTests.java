package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTests {

    @TempDir
    private Path directory;

    private Balancers balancers;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    private Snapshot snapshot() {
        return balancers.balancer().snapshot();
    }

    @Test
    void aChangeIsDurableInForceAndVisible() {
        Outcome created = balancers.apply(putVip(1));
        Outcome member = balancers.apply(putMember(1, 1, 5));

        assertThat(created.created()).isTrue();
        assertThat(created.changed()).isTrue();
        assertThat(created.applied()).isTrue();
        assertThat(created.revision()).isEqualTo(1);
        assertThat(member.revision()).isEqualTo(2);
        assertThat(member.snapshot().image().vips().get(vip(1)).members()).hasSize(1);
        assertThat(snapshot().condition().state()).isEqualTo(Condition.State.READY);
        assertThat(balancers.restart().balancer().snapshot().configuration())
                .isEqualTo(member.snapshot().configuration());
    }

    @Test
    void theSameAgainChangesNothingAnywhere() {
        balancers.apply(putVip(1));
        balancers.apply(putMember(1, 1, 5));
        int writes = balancers.kernel().writes();
        long tag = snapshot().tags().of(new ResourceKey.OfVip(vip(1)));

        Outcome again = balancers.apply(putMember(1, 1, 5));

        assertThat(again.changed()).isFalse();
        assertThat(again.created()).isFalse();
        assertThat(again.revision()).isEqualTo(2);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
        assertThat(snapshot().tags().of(new ResourceKey.OfVip(vip(1)))).isEqualTo(tag);
    }

    @Test
    void aTagCoversItsResourceOnly() {
        balancers.apply(putVip(1));
        balancers.apply(putMember(1, 1, 5));
        balancers.apply(putMember(1, 2, 5));

        Tags tags = snapshot().tags();

        assertThat(tags.of(new ResourceKey.OfVip(vip(1)))).isEqualTo(1);
        assertThat(tags.of(new ResourceKey.OfMembers(vip(1)))).isEqualTo(3);
        assertThat(tags.of(new ResourceKey.OfMembership(vip(1), Configurations.real(1))))
                .isEqualTo(2);
        assertThat(tags.of(new ResourceKey.OfConfiguration())).isEqualTo(3);
        assertThat(balancers.restart().balancer().snapshot().tags()).isEqualTo(tags);
    }

    @Test
    void ofTwoHundredWritersWithOneTagOneWins() throws Exception {
        balancers.apply(putVip(1));
        balancers.apply(putMember(1, 1, 1));
        long tag = snapshot().tags().of(new ResourceKey.OfMembership(vip(1), Configurations.real(1)));
        ExecutorService threads = Executors.newFixedThreadPool(20);
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Submission submission = new Submission(
                    putMember(1, 1, 100 + i), new Precondition.IfMatch(Set.of(tag)), "writer " + i, "", false);
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            answers.add(answer);
            threads.execute(() -> {
                try {
                    go.await();
                    answer.complete(Balancers.await(balancers.balancer().submit(submission)));
                } catch (InterruptedException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        go.countDown();

        List<Outcome> won = new ArrayList<>();
        List<Refusal> lost = new ArrayList<>();
        for (CompletableFuture<Outcome> answer : answers) {
            try {
                won.add(Balancers.await(answer));
            } catch (Refusal refusal) {
                lost.add(refusal);
            }
        }
        threads.shutdown();

        assertThat(won)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.revision()).isEqualTo(tag + 1));
        assertThat(lost).hasSize(199).allSatisfy(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.STALE_ETAG);
            assertThat(refusal.detail()).contains("\"" + (tag + 1) + "\"");
        });
    }

    @Test
    void preconditionsAreDecidedOnExistence() {
        assertRefused(new Change.DeleteVip(vip(1)), new Precondition.IfExists(), Reason.STALE_ETAG);
        balancers.apply(putVip(1), new Precondition.IfAbsent());
        assertRefused(putVip(1), new Precondition.IfAbsent(), Reason.STALE_ETAG);
        balancers.apply(putVip(1), new Precondition.IfExists());
        assertRefused(new Change.DeleteVip(vip(2)), new Precondition.None(), Reason.NOT_FOUND);
    }

    private void assertRefused(Change change, Precondition precondition, Reason reason) {
        assertThatThrownBy(() -> balancers.apply(change, precondition))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndLeavesNoTrace() {
        balancers.apply(putVip(1));
        balancers.apply(putMember(1, 1, 1));
        balancers.apply(putMember(1, 2, 1));
        Snapshot before = snapshot();
        int writes = balancers.kernel().writes();
        int stagings = balancers.kernel().stagings();

        Outcome outcome = balancers.preview(putMember(1, 3, 1));

        assertThat(outcome.plan()).hasValueSatisfying(plan -> {
            assertThat(plan.baseRevision()).isEqualTo(3);
            assertThat(plan.changes())
                    .contains(new Difference(
                            Difference.Kind.CREATED, new ResourceKey.OfMembership(vip(1), Configurations.real(3))));
            Effect.RingEffect ring = plan.effect().vips().get(vip(1));
            assertThat(ring.slots()).isEqualTo(Balancers.LIMITS.ringSize());
            assertThat(ring.moved()).isBetween(ring.slots() / 4, ring.slots() / 2);
        });
        assertThat(snapshot()).isSameAs(before);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
        assertThat(balancers.kernel().stagings()).isEqualTo(stagings);
    }

    @Test
    void aDryRunCountsSlotsThatChangeFromARealToAnotherWhateverTheirNumbers() {
        balancers.apply(putVip(1));
        balancers.apply(putMember(1, 1, 1));

        Outcome outcome = balancers.preview(new Change.ReplaceMembers(vip(1), List.of(Configurations.member(2, 1))));

        Effect.RingEffect ring = outcome.plan().orElseThrow().effect().vips().get(vip(1));
        assertThat(ring.moved()).isEqualTo(ring.slots());
    }
}
