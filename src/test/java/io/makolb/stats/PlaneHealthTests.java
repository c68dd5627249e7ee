package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Condition;
import io.makolb.balancer.Condition.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class PlaneHealthTests {

    @Test
    void whenAttachedAndVerifiedPlaneIsUp() {
        Health health = plane(new Condition(State.READY, ""), true, true);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("condition", State.READY)
                .containsEntry("attached", List.of("eth0"))
                .containsEntry("gatewayKnown", List.of("eth0"))
                .containsEntry("revision", 7L)
                .doesNotContainKeys("trouble", "note");
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING", "REPAIRING", "FOREIGN"})
    void whenMapsAreNotVerifiedPlaneIsOutOfService(State state) {
        Health health = plane(new Condition(state, ""), true, true);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails().get("trouble")).asString().endsWith(".");
    }

    @Test
    void theConditionsOwnSentenceIsTheTrouble() {
        assertThat(plane(new Condition(State.REPAIRING, "The kernel refused the ring."), true, true)
                        .getDetails())
                .containsEntry("trouble", "The kernel refused the ring.");
    }

    @Test
    void whenAnInterfaceIsMissingButAnotherWorksPlaneIsUpWithANote() {
        Health health = plane(new Condition(State.DEGRADED, "There is no interface eth1."), true, true);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("note", "There is no interface eth1.");
    }

    @Test
    void whenTheOnlyInterfaceIsMissingPlaneIsOutOfService() {
        Health health = plane(new Condition(State.DEGRADED, "There is no interface eth0."), false, true);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("trouble", "There is no interface eth0.");
    }

    @Test
    void whenTheOperatorDetachedItPlaneIsOutOfService() {
        Health health = plane(new Condition(State.READY, ""), false, false);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails().get("trouble")).asString().contains("/dataplane/attachment");
    }

    @Test
    void aStoreThatCannotBeReadTakesTheStoreDownButNotThePlane() {
        Condition condition = new Condition(State.READ_ONLY, "The store cannot be read.");

        assertThat(plane(condition, true, true).getStatus()).isEqualTo(Status.UP);
        Health store = new StoreHealth(FixedBalancer.in(condition, true, true)).health(true);
        assertThat(store.getStatus()).isEqualTo(Status.DOWN);
        assertThat(store.getDetails()).containsEntry("trouble", "The store cannot be read.");
    }

    @Test
    void aStoreThatWorksIsUp() {
        assertThat(new StoreHealth(FixedBalancer.in(new Condition(State.READY, ""), true, true))
                        .health(true)
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    private static Health plane(Condition condition, boolean attached, boolean wanted) {
        return new PlaneHealth(FixedBalancer.in(condition, attached, wanted)).health(true);
    }
}
