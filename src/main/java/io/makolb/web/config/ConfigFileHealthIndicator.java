package io.makolb.web.config;

import io.makolb.model.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the configuration file is what it should be: {@code DOWN} after a start that could not apply it. Packets do not depend on it. */
@Component
final class ConfigFileHealthIndicator extends AbstractHealthIndicator {

    private final ConfigFile file;

    ConfigFileHealthIndicator(ConfigFile file) {
        super("The configuration file cannot be looked at.");
        this.file = file;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Optional<Refusal> trouble = file.trouble();
        if (trouble.isPresent()) {
            builder.down()
                    .withDetail("trouble", trouble.get().detail())
                    .withDetail("remedy", trouble.get().remedy() + " Then POST /api/v1/config/reload.");
        } else {
            builder.up();
        }
        builder.withDetail("file", file.path().map(Path::toString).orElse("none"));
    }
}
