package io.makolb.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Condition;
import io.makolb.balancer.Condition.State;
import io.makolb.balancer.Readiness;
import io.makolb.balancer.Snapshot;
import io.makolb.balancer.Tags;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.ResourceKey;
import io.makolb.plane.HealthCheckImage;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneLimits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusLineTests {

    @Test
    void aReadyBalancerTellsItsCounts() {
        assertThat(StatusLine.of(snapshot(new Condition(State.READY, ""), true)))
                .isEqualTo("ready: 0 VIPs, 0 reals, revision 7, attached to eth0");
    }

    @Test
    void troubleComesFirst() {
        assertThat(StatusLine.of(snapshot(new Condition(State.READ_ONLY, "The store cannot be read."), false)))
                .isEqualTo("read-only: The store cannot be read. 0 VIPs, 0 reals, revision 7,"
                        + " attached to no interface");
    }

    private static Snapshot snapshot(Condition condition, boolean attached) {
        TreeMap<String, InterfaceImage> interfaces = new TreeMap<>();
        interfaces.put("eth0", new InterfaceImage(attached, AttachMode.AUTO, Optional.empty()));
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
        return new Snapshot(Configuration.EMPTY, new NoTags(), 7, Map.of(), image, condition, Readiness.READY);
    }

    private static final class NoTags implements Tags {
        @Override
        public long of(ResourceKey resource) {
            return 0;
        }

        @Override
        public Map<ResourceKey, Long> all() {
            return Map.of();
        }
    }
}
