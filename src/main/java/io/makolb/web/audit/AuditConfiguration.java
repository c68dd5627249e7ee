package io.makolb.web.audit;

import io.makolb.store.StoreProperties;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires the record of all writes, in front of everything that could refuse one. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean(destroyMethod = "close")
    AuditLog auditLog(AuditProperties properties, StoreProperties store) {
        return new AuditLog(properties.fileBeside(store.path()), properties.maxFileSize(), properties.keepFiles());
    }

    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter(AuditLog log) {
        FilterRegistrationBean<AuditFilter> filter =
                new FilterRegistrationBean<>(new AuditFilter(log, InstantSource.system()));
        filter.addUrlPatterns("/api/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /** {@code audit} in {@code /actuator/health}; no part of readiness. */
    @Bean
    HealthIndicator auditHealthIndicator(AuditLog log) {
        return new AuditHealth(log);
    }

    @Bean
    MeterBinder auditMeters(AuditLog log) {
        return registry -> {
            FunctionCounter.builder("mako_audit_entries", log, AuditLog::written)
                    .description("Writes that were recorded in the audit file.")
                    .register(registry);
            FunctionCounter.builder("mako_audit_lost_entries", log, AuditLog::lost)
                    .description("Writes that the audit file did not take; they are in the log.")
                    .register(registry);
        };
    }
}
