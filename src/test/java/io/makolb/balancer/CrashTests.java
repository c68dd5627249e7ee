package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Configuration;
import io.makolb.model.Membership;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that die between any two steps of the road. */
class CrashTests {

    private static final int WRITERS = 4;
    private static final int CHANGES = 1000;

    @TempDir
    private Path directory;

    /** A change one of the writers was told is done. */
    private record Acknowledged(int vip, int weight, long revision) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasAcknowledgedIsThereAndTheKernelObeysIt(long seed) throws InterruptedException {
        Balancers balancers = Balancers.start(directory);
        for (int n = 1; n <= WRITERS; n++) {
            balancers.apply(putVip(n));
        }
        Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        Semaphore enough = new Semaphore(0);
        CountDownLatch died = new CountDownLatch(1);
        Balancer doomed = balancers.balancer();
        List<Thread> writers = new ArrayList<>();
        for (int vip = 1; vip <= WRITERS; vip++) {
            writers.add(writer(doomed, vip, acknowledged, enough, died));
        }
        writers.forEach(Thread::start);
        enough.acquire(1 + new Random(seed).nextInt(CHANGES / 2));

        balancers.crash();
        died.countDown();
        List<Acknowledged> answered = List.copyOf(acknowledged);
        Snapshot after = balancers.balancer().snapshot();
        for (Thread writer : writers) {
            writer.interrupt();
            writer.join();
        }

        assertThat(after.condition().state()).isEqualTo(Condition.State.READY);
        for (Acknowledged change : answered) {
            assertThat(weight(after.configuration(), change.vip())).isGreaterThanOrEqualTo(change.weight());
            assertThat(after.revision()).isGreaterThanOrEqualTo(change.revision());
        }
        assertThat(Adoption.fromKernel(after.image(), after.configuration())).isEqualTo(after.configuration());
        assertThat(balancers.apply(putVip(9)).revision()).isEqualTo(after.revision() + 1);
        balancers.close();
    }

    private static Thread writer(
            Balancer balancer, int vip, Queue<Acknowledged> acknowledged, Semaphore enough, CountDownLatch died) {
        Thread thread = new Thread(() -> {
            for (int weight = 1; weight <= CHANGES / WRITERS; weight++) {
                try {
                    Submission submission = new Submission(
                            putMember(vip, 1, weight), new Precondition.None(), "writer " + vip, "", false);
                    Outcome outcome = balancer.submit(submission).get();
                    acknowledged.add(new Acknowledged(vip, weight, outcome.revision()));
                    enough.release();
                } catch (InterruptedException | ExecutionException e) {
                    return;
                }
            }
            enough.release(CHANGES);
            awaitDeath(died);
        });
        thread.setDaemon(true);
        return thread;
    }

    private static void awaitDeath(CountDownLatch died) {
        try {
            died.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int weight(Configuration configuration, int vip) {
        Membership member =
                Configurations.members(configuration, Configurations.vip(vip)).get(Configurations.real(1));
        return member == null ? 0 : member.weight();
    }

    @Test
    void aCommitThatWasNeverSwitchedIsSwitchedByTheNextProcess() {
        Balancers balancers = Balancers.start(directory);
        balancers.apply(putVip(1));
        balancers.dieBeforeSwitch();
        balancers.submit(putMember(1, 1, 7));
        balancers.awaitDeath();

        balancers.crash();

        Snapshot after = balancers.balancer().snapshot();
        assertThat(after.revision()).isEqualTo(2);
        assertThat(weight(after.configuration(), 1)).isEqualTo(7);
        assertThat(after.image().vips().get(Configurations.vip(1)).members()).hasSize(1);
        balancers.close();
    }
}
