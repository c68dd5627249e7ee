package io.makolb.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.makolb.plane.DataplaneProperties;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.HealthCheckProperties;
import io.makolb.plane.PlaneFacts;
import io.makolb.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BalancerConfiguration {

    @Bean
    DataplaneDefaults dataplaneDefaults(DataplaneProperties properties, HealthCheckProperties healthcheck) {
        return new DataplaneDefaults(
                properties.interfaces(),
                properties.mode(),
                properties.staticGateway(),
                healthcheck.interfaces(properties.interfaces()));
    }

    @Bean
    History history(Store store) {
        return new History(store);
    }

    @Bean(destroyMethod = "end")
    EventLog events(Store store) {
        return new EventLog(store);
    }

    /** Takes over before the web server opens: that starts after every bean is there. */
    @Bean(destroyMethod = "close")
    DefaultBalancer balancer(
            ForwardingPlane plane,
            Store store,
            DataplaneDefaults defaults,
            ObjectProvider<AdmissionCheck> checks,
            ObjectProvider<HostAddresses> addresses,
            CircuitBreakerRegistry breakers,
            EventLog events) {
        List<AdmissionCheck> all = new ArrayList<>();
        all.add(features(plane, defaults));
        addresses.forEach(own -> all.add(new HostAddressCheck(own)));
        checks.orderedStream().forEach(all::add);
        return DefaultBalancer.start(
                plane,
                store,
                defaults,
                all,
                breakers.circuitBreaker("switch", DefaultBalancer.breakerConfig()),
                events,
                System::nanoTime);
    }

    @Bean
    SwitchedOff switchedOff(ForwardingPlane plane, DataplaneDefaults defaults) {
        return new SwitchedOff(features(plane, defaults));
    }

    private static FeatureCheck features(ForwardingPlane plane, DataplaneDefaults defaults) {
        PlaneFacts facts = plane.facts();
        return new FeatureCheck(defaults.interfaces(), facts.features(), facts.healthChecks());
    }

    @Bean(destroyMethod = "close")
    DriftWatch drift(
            ForwardingPlane plane,
            DataplaneDefaults defaults,
            DefaultBalancer balancer,
            EventLog events,
            DriftProperties properties) {
        DriftWatch drift =
                new DriftWatch(plane, defaults, balancer::snapshot, balancer::settled, events, InstantSource.system());
        drift.every(properties.interval());
        return drift;
    }
}
