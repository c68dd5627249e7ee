package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.balancer.Condition.State;
import io.makolb.model.Change;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Vip;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.MountedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fail in earnest. */
@BpfTest
class DiskTests {

    @TempDir
    private Path scratch;

    private static Change describe(int vip, String description) {
        return new Change.PutVip(
                new Vip(vip(vip), Set.of(), HashFunction.MAGLEV_V2, OnEmpty.DROP, description, new TreeMap<>()));
    }

    /** Changes that take more and more space, until one is refused. */
    private static Refusal untilRefused(Balancers balancers) {
        for (int n = 0; n < 10_000; n++) {
            try {
                balancers.apply(describe(1 + n % 50, n + "x".repeat(20_000)));
            } catch (Refusal refusal) {
                return refusal;
            }
        }
        throw new AssertionError("the disk never filled");
    }

    @Test
    void aFullDiskRefusesChangesUntilThereIsSpace() throws IOException {
        try (MountedDisk disk = MountedDisk.inMemory(scratch, 4);
                Balancers balancers = Balancers.start(disk.directory())) {
            balancers.apply(putVip(1));
            disk.fill();

            Refusal refusal = untilRefused(balancers);

            assertThat(refusal.reason()).isEqualTo(Reason.STORE_FULL);
            assertThat(refusal.remedy()).contains(disk.directory().toString());
            Snapshot refused = balancers.balancer().snapshot();
            assertThat(refused.condition().state()).isEqualTo(State.READY);
            disk.empty();
            assertThat(balancers.apply(putVip(60)).applied()).isTrue();
            assertThat(balancers.crash().balancer().snapshot().configuration())
                    .isEqualTo(putVip(60).applyTo(refused.configuration()));
        }
    }

    @Test
    void afterAFailedFsyncTheStoreIsReadAgainBeforeAnythingIsAccepted() throws IOException {
        try (MountedDisk disk = MountedDisk.thatPromisesTooMuch(scratch, 6);
                Balancers balancers = Balancers.start(disk.directory())) {
            balancers.apply(putVip(60));
            disk.fill();

            Refusal refusal = untilRefused(balancers);

            assertThat(refusal.reason()).isIn(Reason.STORE_UNAVAILABLE, Reason.OUTCOME_UNKNOWN);
            disk.empty();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    balancers.balancer().snapshot().condition().state())
                            .isEqualTo(State.READY));
            Snapshot after = balancers.balancer().snapshot();
            assertThat(after.image().vips().keySet())
                    .isEqualTo(after.configuration().vips().keySet());
            assertThat(after.configuration().vips()).containsKey(vip(60));
        }
    }

    @Test
    void aReadOnlyDiskLeavesPacketsAloneAndIsNoticedWhenItIsBack() throws IOException {
        try (MountedDisk disk = MountedDisk.inMemory(scratch, 4);
                Balancers balancers = Balancers.start(disk.directory())) {
            balancers.apply(putVip(1));
            balancers.apply(putMember(1, 1, 1));
            Snapshot before = balancers.balancer().snapshot();
            balancers.stop();
            disk.readOnly(true);

            balancers.restart();

            Snapshot readOnly = balancers.balancer().snapshot();
            assertThat(readOnly.condition().state()).isEqualTo(State.READ_ONLY);
            assertThat(readOnly.condition().sentence()).contains("mounted read-only");
            assertThat(readOnly.configuration()).isEqualTo(before.configuration());
            disk.readOnly(false);
            await().untilAsserted(
                            () -> assertThat(balancers.balancer().snapshot()).isEqualTo(before));
            assertThat(balancers.apply(putVip(2)).applied()).isTrue();
        }
    }
}
