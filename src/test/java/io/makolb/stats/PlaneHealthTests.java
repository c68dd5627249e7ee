package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Condition;
import io.makolb.balancer.Condition.State;
import io.makolb.balancer.Readiness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class PlaneHealthTests {

    @Test
    void whenAttachedAndVerifiedPlaneIsUp() {
        Health health = plane(new Condition(State.READY, ""), true, Readiness.READY);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("condition", State.READY)
                .containsEntry("attached", List.of("eth0"))
                .containsEntry("gatewayKnown", List.of("eth0"))
                .containsEntry("revision", 7L)
                .doesNotContainKeys("trouble", "note");
    }

    @Test
    void whenNoTrafficCanBeGivenPlaneIsOutOfServiceAndSaysWhy() {
        Health health = plane(new Condition(State.READY, ""), true, new Readiness(false, "There is no link on eth0."));

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("trouble", "There is no link on eth0.");
    }

    @Test
    void whenAnInterfaceIsMissingButAnotherWorksPlaneIsUpWithANote() {
        Health health = plane(new Condition(State.DEGRADED, "There is no interface eth1."), true, Readiness.READY);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("note", "There is no interface eth1.");
    }

    @Test
    void aStoreThatCannotBeReadTakesTheStoreDownButNotThePlane() {
        Condition condition = new Condition(State.READ_ONLY, "The store cannot be read.");

        assertThat(plane(condition, true, Readiness.READY).getStatus()).isEqualTo(Status.UP);
        Health store = new StoreHealth(FixedBalancer.in(condition, true, Readiness.READY)).health(true);
        assertThat(store.getStatus()).isEqualTo(Status.DOWN);
        assertThat(store.getDetails()).containsEntry("trouble", "The store cannot be read.");
    }

    @Test
    void aStoreThatWorksIsUp() {
        assertThat(new StoreHealth(FixedBalancer.in(new Condition(State.READY, ""), true, Readiness.READY))
                        .health(true)
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    private static Health plane(Condition condition, boolean attached, Readiness readiness) {
        return new PlaneHealth(FixedBalancer.in(condition, attached, readiness)).health(true);
    }
}
