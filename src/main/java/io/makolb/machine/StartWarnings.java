package io.makolb.machine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;

/** Says in the log what slows packets down; what would stop the start has stopped it. */
final class StartWarnings {

    private static final Logger log = LoggerFactory.getLogger(StartWarnings.class);

    @EventListener(ApplicationStartedEvent.class)
    void warn() {
        KernelSettings.check().stream()
                .filter(finding -> finding.level() != Finding.Level.OK)
                .forEach(finding -> log.warn("{} Remedy: {}", finding.sentence(), finding.remedy()));
    }
}
