package io.makolb.stats;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Condition;
import io.makolb.balancer.Snapshot;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the configuration can be changed: {@code DOWN} while the store cannot be read. Packets do not depend on it. */
final class StoreHealth extends AbstractHealthIndicator {

    private final Balancer balancer;

    StoreHealth(Balancer balancer) {
        super("The balancer does not answer.");
        this.balancer = balancer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Snapshot snapshot = balancer.snapshot();
        if (snapshot.condition().state() == Condition.State.READ_ONLY) {
            builder.down().withDetail("trouble", snapshot.condition().sentence());
        } else {
            builder.up().withDetail("revision", snapshot.revision());
        }
    }
}
