package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.makolb.BetterOnPurpose;
import io.makolb.balancer.Condition.State;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.PlaneException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the kernel refuses after a change is durable. */
class RepairTests {

    private static final PlaneException REFUSAL = new PlaneException("The map is busy: EBUSY.", 16, null);
    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:02:01");

    @TempDir
    private Path directory;

    private Balancers balancers;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
        balancers.apply(putVip(1));
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    private Snapshot snapshot() {
        return balancers.balancer().snapshot();
    }

    private void awaitReady() {
        await().untilAsserted(() -> assertThat(snapshot().condition().state()).isEqualTo(State.READY));
    }

    @Test
    @BetterOnPurpose("errors of map writes are ignored")
    void aSwitchThatFailsOnceIsRepairedAndTheChangeStays() {
        balancers.kernel().failSwitch(1, REFUSAL);

        Outcome outcome = balancers.apply(putMember(1, 1, 1));

        assertThat(outcome.applied()).isFalse();
        assertThat(outcome.changed()).isTrue();
        assertThat(outcome.trouble()).contains("EBUSY");
        assertThat(outcome.snapshot().condition().state()).isEqualTo(State.REPAIRING);
        assertThat(outcome.snapshot().configuration().vips().get(vip(1)).members())
                .hasSize(1);
        assertThat(outcome.snapshot().image().vips().get(vip(1)).members()).isEmpty();
        awaitReady();
        assertThat(snapshot().image().vips().get(vip(1)).members()).hasSize(1);
        assertThat(snapshot().revision()).isEqualTo(outcome.revision());
    }

    @Test
    void whileTheKernelRefusesNothingMoreIsMadeDurable() {
        balancers.kernel().failEverySwitch(REFUSAL);
        balancers.apply(putMember(1, 1, 1));

        assertThatThrownBy(() -> balancers.apply(putVip(2))).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.PLANE_UNAVAILABLE);
            assertThat(refusal.detail()).contains("EBUSY");
        });
        assertThat(snapshot().configuration().vips()).containsOnlyKeys(vip(1));

        balancers.kernel().failEverySwitch(null);
        awaitReady();
        assertThat(balancers.apply(putVip(2)).applied()).isTrue();
    }

    @Test
    void aRepairThatGoesOnFailingPlansAnewFromWhatIsThere() {
        balancers.kernel().failSwitch(1, REFUSAL, REFUSAL, REFUSAL, REFUSAL, REFUSAL);
        int stagings = balancers.kernel().stagings();

        balancers.apply(putMember(1, 1, 1));

        awaitReady();
        assertThat(balancers.kernel().stagings() - stagings).isGreaterThan(1);
        assertThat(snapshot().image().vips().get(vip(1)).members()).hasSize(1);
    }

    @Test
    void somethingElseThanWhatWasWrittenIsRepaired() {
        balancers.kernel().failVerify(new PlaneException("The ring is another one.", 0, null));

        assertThat(balancers.apply(putMember(1, 1, 1)).applied()).isFalse();

        awaitReady();
        assertThat(snapshot().image().vips().get(vip(1)).members()).hasSize(1);
    }

    @Test
    void whatTheMachineSaysMeanwhileIsNotLost() {
        balancers.kernel().failEverySwitch(REFUSAL);
        balancers.apply(putMember(1, 1, 1));
        balancers.balancer().observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));

        balancers.kernel().failEverySwitch(null);

        awaitReady();
        assertThat(snapshot().image().interfaces().get("eth0").gateway()).hasValue(ROUTER);
        assertThat(snapshot().image().vips().get(vip(1)).members()).hasSize(1);
    }

    @Test
    void aRestartFinishesWhatWasNotApplied() {
        balancers.kernel().failEverySwitch(REFUSAL);
        balancers.apply(putMember(1, 1, 1));
        balancers.crash();

        assertThat(snapshot().condition().state()).isEqualTo(State.REPAIRING);
        balancers.kernel().failEverySwitch(null);

        awaitReady();
        assertThat(snapshot().image().vips().get(vip(1)).members()).hasSize(1);
    }

    @Test
    void aFailedReloadSaysSo() {
        int program = balancers.kernel().failReload(new PlaneException("The program was rejected.", 22, null));

        assertThatThrownBy(() -> Balancers.await(balancers.balancer().reload()))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.PLANE_UNAVAILABLE);
                    assertThat(refusal.errno()).isEqualTo(22);
                });
        assertThat(balancers.kernel().failReload(null)).isEqualTo(program);
        Balancers.await(balancers.balancer().reload());
        assertThat(balancers.kernel().failReload(null)).isEqualTo(program + 1);
    }
}
