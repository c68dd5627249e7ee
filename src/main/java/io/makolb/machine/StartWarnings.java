package io.makolb.machine;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.SwitchedOff;
import io.makolb.model.Configuration;
import io.makolb.model.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;

/** Says in the log what slows packets down, and what they do not see; what would stop the start has stopped it. */
final class StartWarnings {

    private static final Logger log = LoggerFactory.getLogger(StartWarnings.class);

    private final Balancer balancer;
    private final SwitchedOff switchedOff;

    StartWarnings(Balancer balancer, SwitchedOff switchedOff) {
        this.balancer = balancer;
        this.switchedOff = switchedOff;
    }

    @EventListener(ApplicationStartedEvent.class)
    void warn() {
        KernelSettings.check().stream()
                .filter(finding -> finding.level() != Finding.Level.OK)
                .forEach(finding -> log.warn("{} Remedy: {}", finding.sentence(), finding.remedy()));
        warnOfVips(balancer.snapshot().configuration());
    }

    /** One line for each remedy, whatever the number of VIPs. */
    private void warnOfVips(Configuration configuration) {
        Map<String, Refusal> first = new LinkedHashMap<>();
        Map<String, Integer> vips = new LinkedHashMap<>();
        configuration
                .vips()
                .keySet()
                .forEach(vip -> switchedOff.objection(configuration, vip).ifPresent(objection -> {
                    first.putIfAbsent(objection.remedy(), objection);
                    vips.merge(objection.remedy(), 1, Integer::sum);
                }));
        first.forEach((remedy, objection) -> log.warn(
                "{} It is one of {} VIPs of which this is true. Remedy: {}",
                objection.detail(),
                vips.get(remedy),
                remedy));
    }
}
