package io.makolb.stats;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Condition;
import io.makolb.balancer.Readiness;
import io.makolb.balancer.Snapshot;
import io.makolb.plane.InterfaceImage;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether packets obey the configuration: {@code UP} when the program is attached to at least one interface and what the
 * kernel holds was read back and is what the configuration asks for; else {@code OUT_OF_SERVICE}, with a sentence. A store
 * that cannot be read does not stop packets, and is not its business.
 */
final class PlaneHealth extends AbstractHealthIndicator {

    private final Balancer balancer;

    PlaneHealth(Balancer balancer) {
        super("The balancer does not answer.");
        this.balancer = balancer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Snapshot snapshot = balancer.snapshot();
        Condition condition = snapshot.condition();
        List<String> attached = snapshot.image().interfaces().entrySet().stream()
                .filter(entry -> entry.getValue().attached())
                .map(Map.Entry::getKey)
                .toList();
        Readiness readiness = snapshot.readiness();
        if (readiness.ready()) {
            builder.up();
        } else {
            builder.outOfService().withDetail("trouble", readiness.trouble());
        }
        builder.withDetail("condition", condition.state());
        if (readiness.ready() && !condition.sentence().isEmpty()) {
            builder.withDetail("note", condition.sentence());
        }
        builder.withDetail("attached", attached)
                .withDetail("gatewayKnown", known(snapshot))
                .withDetail("revision", snapshot.revision());
    }

    private static List<String> known(Snapshot snapshot) {
        return snapshot.image().interfaces().entrySet().stream()
                .filter(entry -> isKnown(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isKnown(InterfaceImage image) {
        return image.gateway().isPresent();
    }
}
