package io.makolb.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import io.makolb.plane.ForwardingPlane;
import io.makolb.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class BalancerConfiguration {

    private static final String DISCOVERED = "auto";

    @Bean
    DataplaneDefaults dataplaneDefaults(Environment environment) {
        Binder binder = Binder.get(environment);
        String mac = binder.bind("mako.dataplane.gateway-mac", String.class).orElse(DISCOVERED);
        return new DataplaneDefaults(
                binder.bind("mako.dataplane.interfaces", Bindable.listOf(String.class))
                        .orElseGet(List::of),
                binder.bind("mako.dataplane.mode", AttachMode.class).orElse(AttachMode.AUTO),
                mac.equals(DISCOVERED) ? Optional.empty() : Optional.of(MacAddress.parse(mac)));
    }

    /** Takes over before the web server opens: that starts after every bean is there. */
    @Bean(destroyMethod = "close")
    DefaultBalancer balancer(
            ForwardingPlane plane,
            Store store,
            DataplaneDefaults defaults,
            ObjectProvider<AdmissionCheck> checks,
            ObjectProvider<HostAddresses> addresses,
            CircuitBreakerRegistry breakers) {
        List<AdmissionCheck> all = new ArrayList<>();
        all.add(new FeatureCheck(defaults.interfaces()));
        addresses.forEach(own -> all.add(new HostAddressCheck(own)));
        checks.orderedStream().forEach(all::add);
        return DefaultBalancer.start(
                plane, store, defaults, all, breakers.circuitBreaker("switch", DefaultBalancer.breakerConfig()));
    }
}
