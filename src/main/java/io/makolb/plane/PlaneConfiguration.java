package io.makolb.plane;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The plane of this process. */
@Configuration(proxyBeanMethods = false)
class PlaneConfiguration {

    @Bean(destroyMethod = "close")
    KernelPlane forwardingPlane(
            DataplaneProperties dataplane,
            ForwardingProperties forwarding,
            HealthCheckProperties healthcheck,
            LibBpfProperties libbpf) {
        return KernelPlane.open(dataplane, forwarding, healthcheck, libbpf);
    }

    @Bean
    MeterBinder planeWrites(KernelPlane plane) {
        return registry -> FunctionCounter.builder("mako.plane.writes", plane, KernelPlane::writes)
                .description("Writes to kernel tables, pins and attachments")
                .register(registry);
    }
}
