package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.makolb.balancer.Condition.State;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.HashFunction;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.OnEmpty;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine says, and the reclaiming of numbers, which comes back the same way. */
class ObservationTests {

    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:02:01");

    @TempDir
    private Path directory;

    private Balancers balancers;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory, new PlaneLimits(8, 9, 64, 101, 6, 10_000));
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    private Snapshot snapshot() {
        return balancers.balancer().snapshot();
    }

    @Test
    void aGatewayIsInForceWithoutARevision() {
        balancers.balancer().observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));

        await().untilAsserted(() -> assertThat(
                        snapshot().image().interfaces().get("eth0").gateway())
                .hasValue(ROUTER));
        assertThat(snapshot().revision()).isZero();
        int writes = balancers.kernel().writes();
        balancers.balancer().observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));
        balancers.apply(putVip(1));
        assertThat(balancers.kernel().writes() - writes).isEqualTo(2); // the VIP, and the revision's mark
    }

    @Test
    void anInterfaceThatVanishesDegradesAndIsAttachedAgainWhenItIsBack() {
        balancers.balancer().observe(new Observation.LinkState("eth0", 0, false));
        await().untilAsserted(() -> assertThat(snapshot().condition().state()).isEqualTo(State.DEGRADED));
        assertThat(snapshot().condition().sentence()).contains("eth0");
        assertThat(balancers.apply(putVip(1)).applied()).isTrue();

        balancers.kernel().detach("eth0");
        balancers.balancer().observe(new Observation.LinkState("eth0", 17, true));

        await().untilAsserted(() -> assertThat(snapshot().condition().state()).isEqualTo(State.READY));
        assertThat(balancers.kernel().attached("eth0")).isTrue();
    }

    @Test
    void anInterfaceThatWasMadeAnewUnderItsNameIsAttachedAgain() {
        balancers.kernel().detach("eth0");
        balancers.balancer().observe(new Observation.LinkState("eth0", 18, true));

        await().untilAsserted(
                        () -> assertThat(balancers.kernel().attached("eth0")).isTrue());
    }

    @Test
    void numbersThatRunLowAreReclaimed() {
        for (int n = 1; n <= 40; n++) {
            balancers.apply(putVip(n));
            balancers.apply(putMember(n, n, 1));
            balancers.apply(new Change.DeleteVip(vip(n)));
        }

        assertThat(snapshot().configuration().vips()).isEmpty();
        balancers.apply(putVip(41));
        assertThat(balancers.apply(putMember(41, 41, 1)).applied()).isTrue();
    }

    @Test
    void aChangeThatNeedsEveryRetiredNumberWaitsForThem() {
        for (int n = 1; n <= 8; n++) {
            balancers.apply(putVip(n));
        }
        balancers.apply(Configurations.replace(Configurations.grid(0, 0, 1)));
        TreeMap<VipId, VipEntry> others = new TreeMap<>();
        for (int n = 11; n <= 18; n++) {
            others.put(vip(n), new VipEntry(Vip.of(vip(n)), new TreeMap<>()));
        }

        Outcome outcome = balancers.apply(
                Configurations.replace(Configuration.EMPTY.edit().vips(others).done()));

        assertThat(outcome.applied()).isTrue();
        assertThat(snapshot().image().vips()).hasSize(8);
    }

    @Test
    void whereNothingCanBePurgedTheChangeIsRefused() {
        for (int n = 1; n <= 8; n++) {
            balancers.apply(putVip(n));
        }
        balancers.kernel().failPurge(new PlaneException("The table cannot be read.", 5, null));
        balancers.apply(new Change.DeleteVip(vip(1)));

        assertThatThrownBy(() -> balancers.apply(putVip(9)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.PLANE_UNAVAILABLE));

        balancers.kernel().failPurge(null);
        assertThat(balancers.apply(putVip(9)).applied()).isTrue();
    }

    @Test
    void realsOfAKeptRingAreNotGivenAway() {
        balancers.apply(new Change.PutVip(
                new Vip(vip(1), Set.of(), HashFunction.MAGLEV_V2, OnEmpty.KEEP, "", new TreeMap<>())));
        for (int n = 1; n <= 8; n++) {
            balancers.apply(putMember(1, n, 1));
        }
        balancers.apply(new Change.ReplaceMembers(vip(1), List.of()));

        assertThatThrownBy(() -> balancers.apply(putMember(1, 20, 1)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.CAPACITY);
                    assertThat(refusal.remedy()).contains("onEmpty");
                });
        assertThat(balancers.apply(putMember(1, 3, 1)).applied()).isTrue();
        assertThat(balancers.apply(putMember(1, 20, 1)).applied()).isTrue();
    }
}
