package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.makolb.balancer.Balancer.AdoptFrom;
import io.makolb.balancer.Condition.State;
import io.makolb.model.AdminState;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.HashFunction;
import io.makolb.model.Membership;
import io.makolb.model.OnEmpty;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.PlaneException;
import io.makolb.store.StoreFailure;
import io.makolb.store.StoreFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts: on what was left, on what does not belong together, on what is broken. */
class AdoptionTests {

    @TempDir
    private Path directory;

    private Balancers balancers;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
        balancers.apply(new Change.PutVip(new Vip(
                vip(1),
                Set.of(VipFlag.NO_LRU),
                HashFunction.MAGLEV,
                OnEmpty.KEEP,
                "the shop",
                new TreeMap<>(Map.of("env", "prod")))));
        balancers.apply(putMember(1, 1, 5));
        balancers.apply(
                new Change.PutMembership(vip(1), new Membership(Configurations.real(2), 7, AdminState.DISABLED)));
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    private Snapshot snapshot() {
        return balancers.balancer().snapshot();
    }

    private void assertRefused(Reason reason) {
        assertThatThrownBy(() -> balancers.apply(putVip(7)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void aRestartWithNothingToDoWritesNothing() {
        Snapshot before = snapshot();
        int writes = balancers.kernel().writes();
        int stagings = balancers.kernel().stagings();

        balancers.restart();

        assertThat(balancers.kernel().writes()).isEqualTo(writes);
        assertThat(balancers.kernel().stagings()).isEqualTo(stagings);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void aRestartWritesTheDifferenceOnly() {
        balancers.kernel().lose(vip(1));
        int writes = balancers.kernel().writes();

        balancers.restart();

        assertThat(snapshot().image().vips()).containsOnlyKeys(vip(1));
        assertThat(balancers.kernel().writes() - writes).isEqualTo(2); // the VIP, and the revision's mark
    }

    @Test
    void afterARebootEverythingIsThereAgain() {
        Configuration before = snapshot().configuration();

        balancers.restartOn(new MemoryKernel(Balancers.LIMITS, "eth0"));

        assertThat(snapshot().configuration()).isEqualTo(before);
        assertThat(snapshot().image().vips()).containsOnlyKeys(vip(1));
        assertThat(snapshot().condition().state()).isEqualTo(State.READY);
        int writes = balancers.kernel().writes();
        assertThat(balancers.restart().kernel().writes()).isEqualTo(writes);
    }

    @Test
    void aPlaneOfAnotherStoreIsNotTouched() {
        int writes = balancers.kernel().writes();

        balancers.restartOn(directory.resolve("other.db"));

        assertThat(snapshot().condition().state()).isEqualTo(State.FOREIGN);
        assertThat(snapshot().condition().sentence()).contains("1 VIPs of store");
        assertThat(snapshot().image().vips()).containsOnlyKeys(vip(1));
        assertRefused(Reason.FOREIGN_PLANE);
        balancers.restart();
        assertThat(snapshot().condition().state()).isEqualTo(State.FOREIGN);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    @Test
    void adoptingFromTheKernelMakesItTheConfiguration() {
        Configuration before = snapshot().configuration();
        balancers.restartOn(directory.resolve("other.db"));
        Snapshot adopted = Balancers.await(balancers.balancer().adopt(AdoptFrom.KERNEL, "alice", ""));

        assertThat(adopted.condition().state()).isEqualTo(State.READY);
        assertThat(adopted.revision()).isEqualTo(4);
        Vip vip = before.vips().get(vip(1)).vip();
        Vip expected = new Vip(vip.id(), vip.flags(), vip.hashFunction(), vip.onEmpty(), "", new TreeMap<>());
        assertThat(adopted.configuration().vips().get(vip(1)))
                .isEqualTo(before.vips().get(vip(1)).with(expected));
        assertThat(adopted.tags().of(new ResourceKey.OfVip(vip(1)))).isEqualTo(4);
        int writes = balancers.kernel().writes();
        assertThat(balancers.restart().balancer().snapshot()).isEqualTo(adopted);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
        assertThat(balancers.apply(putVip(2)).revision()).isEqualTo(5);
    }

    /** What is down by its admin state needs nobody who says so, in the kernel's configuration neither. */
    @Test
    void adoptingFromTheKernelKeepsWhatIsDown() {
        VipId dns = VipId.parse("10.200.9.9-53-udp");
        balancers.apply(new Change.PutVip(new Vip(
                dns, Set.of(VipFlag.UDP_FLOW_MIGRATION), HashFunction.MAGLEV_V2, OnEmpty.DROP, "", new TreeMap<>())));
        balancers.apply(new Change.PutMembership(dns, new Membership(Configurations.real(1), 1, AdminState.DISABLED)));
        balancers.apply(new Change.PutDownReal(dns, Configurations.real(9)));
        VipEntry before = snapshot().configuration().require(dns);
        balancers.restartOn(directory.resolve("other.db"));

        Snapshot adopted = Balancers.await(balancers.balancer().adopt(AdoptFrom.KERNEL, "alice", ""));

        assertThat(adopted.configuration().require(dns)).isEqualTo(before);
        int writes = balancers.kernel().writes();
        assertThat(balancers.restart().balancer().snapshot()).isEqualTo(adopted);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    @Test
    void aLookAtTheDecisionSaysWhatWouldDifferAndDecidesNothing() {
        balancers.restartOn(directory.resolve("other.db"));
        Snapshot before = snapshot();
        int writes = balancers.kernel().writes();

        Plan kernel = Balancers.await(balancers.balancer().previewAdopt(AdoptFrom.KERNEL));
        Plan store = Balancers.await(balancers.balancer().previewAdopt(AdoptFrom.STORE));

        assertThat(kernel.changes()).contains(new Difference(Difference.Kind.CREATED, new ResourceKey.OfVip(vip(1))));
        assertThat(kernel.effect().vips()).isEmpty();
        assertThat(store.changes()).isEmpty();
        assertThatThrownBy(() -> Balancers.await(balancers.balancer().previewReload()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FOREIGN_PLANE));
        assertThat(snapshot()).isEqualTo(before);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    @Test
    void adoptingFromTheStoreMakesThePlaneObeyIt() {
        balancers.restartOn(directory.resolve("other.db"));

        Snapshot adopted = Balancers.await(balancers.balancer().adopt(AdoptFrom.STORE, "alice", ""));

        assertThat(adopted.condition().state()).isEqualTo(State.READY);
        assertThat(adopted.configuration()).isEqualTo(Configuration.EMPTY);
        assertThat(adopted.image().vips()).isEmpty();
        assertThat(balancers.restart().balancer().snapshot().condition().state())
                .isEqualTo(State.READY);
    }

    @Test
    void anOldCopyOfTheStoreIsForeignAndEitherSideCanWin() throws IOException {
        balancers.restart();
        Path copy = Files.copy(balancers.file(), directory.resolve("copy.db"));
        balancers.apply(putVip(2));
        balancers.apply(putVip(3));

        balancers.restartOn(copy);

        assertThat(snapshot().condition().state()).isEqualTo(State.FOREIGN);
        assertThat(snapshot().condition().sentence()).contains("obeys revision 5, but the store is at 3");
        Snapshot adopted = Balancers.await(balancers.balancer().adopt(AdoptFrom.KERNEL, "alice", ""));
        assertThat(adopted.revision()).isEqualTo(6);
        assertThat(adopted.configuration().vips()).containsOnlyKeys(vip(1), vip(2), vip(3));
        assertThat(adopted.configuration().vips().get(vip(1)).vip().description())
                .isEqualTo("the shop");
    }

    @Test
    void whereNothingIsForeignThereIsNothingToDecide() {
        Snapshot before = snapshot();

        assertThat(Balancers.await(balancers.balancer().adopt(AdoptFrom.STORE, "alice", "")))
                .isEqualTo(before);
    }

    @Test
    void withAnUnreadableStoreThePlaneGoesOnAndTheStoreIsReadWhenItCanBe() {
        Configuration before = snapshot().configuration();
        int writes = balancers.kernel().writes();
        balancers.failLoad(StoreFailures.unavailable());

        balancers.restart();

        assertThat(snapshot().condition().state()).isEqualTo(State.READ_ONLY);
        assertThat(snapshot().condition().sentence()).contains("The disk is gone. Bring it back.");
        assertThat(snapshot().configuration().vips()).containsOnlyKeys(vip(1));
        assertRefused(Reason.STORE_UNAVAILABLE);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);

        balancers.failLoad(null);
        await().untilAsserted(() -> assertThat(snapshot().condition().state()).isEqualTo(State.READY));
        assertThat(snapshot().configuration()).isEqualTo(before);
        assertThat(balancers.kernel().writes()).isEqualTo(writes);
    }

    @Test
    void withoutStoreAndPlaneThereIsNoStart() {
        balancers.failLoad(StoreFailures.unavailable());

        assertThatThrownBy(() -> balancers.restartOn(new MemoryKernel(Balancers.LIMITS, "eth0")))
                .isInstanceOf(StoreFailure.StoreUnavailable.class);
    }

    @Test
    void aPlaneThatNeverWorkedStopsTheStart() {
        MemoryKernel broken = new MemoryKernel(Balancers.LIMITS, "eth0");
        broken.failEverySwitch(new PlaneException("eth0 does not take the program.", 95, null));

        assertThatThrownBy(() -> balancers.restartOn(broken)).hasMessage("eth0 does not take the program.");
        assertThat(balancers.balancer().snapshot().revision()).isEqualTo(3);
    }

    @Test
    void aPlaneThatWorkedOnceIsRepairedAfterTheStart() {
        balancers.kernel().lose(vip(1));
        balancers.kernel().failSwitch(0, new PlaneException("Not now.", 16, null));

        balancers.restart();

        await().untilAsserted(() -> assertThat(snapshot().condition().state()).isEqualTo(State.READY));
        assertThat(snapshot().image().vips()).containsOnlyKeys(vip(1));
    }
}
