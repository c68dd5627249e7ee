package io.makolb.web.audit;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether writes are recorded. It says nothing of packets and is no part of readiness. */
final class AuditHealth extends AbstractHealthIndicator {

    private final AuditLog log;

    AuditHealth(AuditLog log) {
        super("The audit log does not answer.");
        this.log = log;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        String trouble = log.trouble();
        if (trouble.isEmpty()) {
            builder.up();
        } else {
            builder.down()
                    .withDetail(
                            "trouble",
                            "Writes are not recorded in the audit file but in the log: " + trouble
                                    + ". Free space, or make the file writable; it is tried again with every write.");
        }
        builder.withDetail("path", log.path().toString()).withDetail("lost", log.lost());
    }
}
