package io.makolb.stats;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.WriterStatistics;
import io.makolb.plane.ForwardingPlane;
import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the ticker, the metrics and the health indicators. */
@Configuration(proxyBeanMethods = false)
class StatsConfiguration {

    @Bean
    StatsTicker statsTicker(ForwardingPlane plane) {
        return new StatsTicker(plane, Clock.systemUTC());
    }

    @Bean
    Connections connections(ForwardingPlane plane) {
        return new Connections(plane, System::nanoTime);
    }

    @Bean
    InitializingBean planeMetrics(
            PrometheusRegistry registry,
            Stats stats,
            Balancer balancer,
            WriterStatistics writer,
            ForwardingPlane plane) {
        return () -> {
            registry.register(new PlaneCollector(stats));
            registry.register(new BalancerCollector(balancer, writer, plane));
        };
    }

    @Bean
    MeterFilter foreignMeters() {
        return new ForeignMeters();
    }

    /** {@code plane} in {@code /actuator/health}; part of readiness. */
    @Bean
    HealthIndicator planeHealthIndicator(Balancer balancer) {
        return new PlaneHealth(balancer);
    }

    /** {@code store} in {@code /actuator/health}; no part of readiness. */
    @Bean
    HealthIndicator storeHealthIndicator(Balancer balancer) {
        return new StoreHealth(balancer);
    }
}
