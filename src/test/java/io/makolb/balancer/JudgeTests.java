package io.makolb.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Condition.State;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.plane.HealthCheckImage;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneLimits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTests {

    private static final Condition FINE = new Condition(State.READY, "");

    private final Judge judge = new Judge(() -> 0);

    @Test
    void attachedWithALinkIsReady() {
        assertThat(judge(FINE, true, true, true)).isEqualTo(Readiness.READY);
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING", "REPAIRING", "FOREIGN"})
    void whatIsNotVerifiedIsNotReady(State state) {
        assertThat(judge(new Condition(state, ""), true, true, true).trouble())
                .endsWith(".")
                .isNotBlank();
        assertThat(judge(new Condition(state, "The kernel refused the ring."), true, true, true))
                .isEqualTo(Readiness.not("The kernel refused the ring."));
    }

    @ParameterizedTest
    @EnumSource(names = {"DEGRADED", "READ_ONLY"})
    void whatConcernsNoPacketIsReady(State state) {
        assertThat(judge(new Condition(state, "Something."), true, true, true).ready())
                .isTrue();
    }

    @Test
    void withoutAnInterfaceTheConditionSaysWhy() {
        Condition missing = new Condition(State.DEGRADED, "There is no interface eth0.");

        assertThat(judge(missing, false, true, false)).isEqualTo(Readiness.not("There is no interface eth0."));
    }

    @Test
    void withoutALinkNoPacketsCanCome() {
        assertThat(judge(FINE, true, true, false).trouble()).contains("no link on eth0");
    }

    @Test
    void whatTheOperatorDetachedIsNotReady() {
        assertThat(judge(FINE, false, false, true).trouble()).contains("/dataplane/attachment");
    }

    private Readiness judge(Condition condition, boolean attached, boolean wanted, boolean up) {
        TreeMap<String, InterfaceImage> interfaces = new TreeMap<>();
        interfaces.put("eth0", new InterfaceImage(attached, AttachMode.GENERIC, Optional.empty()));
        PlaneImage image = new PlaneImage(
                new PlaneLimits(1, 2, 3, 5, 6, 10_000),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                BulkSets.EMPTY,
                interfaces,
                HealthCheckImage.EMPTY);
        Observation link = new Observation.LinkState("eth0", 4, up);
        return judge.judge(
                condition, Configuration.EMPTY.edit().attached(wanted).done(), image, Map.of(link.key(), link));
    }
}
