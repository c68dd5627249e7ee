package io.makolb.web.http;

import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.balancer.Balancers;
import io.makolb.balancer.Precondition;
import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Callers whose patience ends before the writer has answered. */
class WritesTests {

    private static final WriteCall CALL = new WriteCall(new Precondition.None(), "tester", "", false, false);

    @TempDir
    private Path directory;

    private final CountDownLatch stuck = new CountDownLatch(1);
    private Balancers balancers;
    private Writes writes;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
        writes = new Writes(
                balancers.balancer(), new ApiProperties(false, Duration.ofMillis(1), DataSize.ofMegabytes(1)));
    }

    @AfterEach
    void stop() {
        stuck.countDown();
        balancers.close();
    }

    /** A change that is begun and does not end before the test lets it. */
    private Change endless(CountDownLatch begun) {
        return new Change.EditVip(vip(1), before -> {
            begun.countDown();
            awaitUninterrupted(stuck);
            return before;
        });
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aChangeThatStillWaitsIsTakenBack() {
        balancers.apply(putVip(1));
        CountDownLatch begun = new CountDownLatch(1);
        balancers.submit(endless(begun));
        awaitUninterrupted(begun);

        assertThatThrownBy(() -> writes.submit(putVip(2), CALL)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.WRITER_BUSY);
            assertThat(refusal.detail()).contains("withdrawn; nothing was changed");
        });

        stuck.countDown();
        assertThat(balancers.apply(putVip(3)).snapshot().configuration().vips()).containsOnlyKeys(vip(1), vip(3));
    }

    @Test
    void ofAChangeThatIsBeingMadeNobodyKnows() {
        balancers.apply(putVip(1));
        CountDownLatch begun = new CountDownLatch(1);

        assertThatThrownBy(() -> {
                    // Only a change that was begun has no way back; one that the writer was too slow to begin is sent
                    // again.
                    while (begun.getCount() > 0) {
                        try {
                            writes.submit(endless(begun), CALL);
                        } catch (Refusal refusal) {
                            if (refusal.reason() != Reason.WRITER_BUSY) {
                                throw refusal;
                            }
                        }
                    }
                })
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
                    assertThat(refusal.remedy()).contains("Read the resource");
                });
    }
}
