package io.makolb.web.config;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Precondition;
import io.makolb.balancer.Submission;
import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Applies the configuration file at the start, if it is another than the one applied last: what was changed through the API since then
 * stays. A file that cannot be applied stops a start while nothing forwards; where a plane forwards already, its balancer comes up with
 * the configuration it had, because an operator without an API is worse off than one with yesterday's configuration.
 */
@Component
final class ConfigFileAtStart implements SmartLifecycle {

    /** After the machine's own addresses are known, which some rules ask for; before the web server opens. */
    private static final int PHASE = 1000;

    /** Not the file's fault: store and plane do not belong together, or one of them cannot be written. */
    private static final Set<Reason> NOT_NOW =
            EnumSet.of(Reason.FOREIGN_PLANE, Reason.STORE_UNAVAILABLE, Reason.PLANE_UNAVAILABLE);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFileAtStart.class);

    private final Balancer balancer;
    private final ConfigFile file;
    private volatile boolean running;

    ConfigFileAtStart(Balancer balancer, ConfigFile file) {
        this.balancer = balancer;
        this.file = file;
    }

    @Override
    public void start() {
        if (file.path().isPresent()) {
            try {
                apply(file.read());
            } catch (Refusal refusal) {
                refused(refusal);
            }
        }
        running = true;
    }

    private void apply(Change.ApplyFile change) {
        if (balancer.configFile().equals(Optional.of(change.digest()))) {
            LOG.info(
                    "{} was applied before; what was changed since then stays.",
                    file.path().orElseThrow());
            return;
        }
        Submission submission = new Submission(change, new Precondition.None(), "mako.config-file", "", false);
        try {
            Outcome outcome = balancer.submit(submission).join();
            LOG.info("{} is the configuration now, revision {}.", file.path().orElseThrow(), outcome.revision());
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private void refused(Refusal refusal) {
        boolean forwards = !balancer.snapshot().image().vips().isEmpty();
        if (!forwards && !NOT_NOW.contains(refusal.reason())) {
            throw new ConfigFileException(refusal);
        }
        file.refused(refusal);
        LOG.error(
                "{} {} Packets obey revision {} as before; then POST /api/v1/config/reload.",
                refusal.detail(),
                refusal.remedy(),
                balancer.snapshot().revision());
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
