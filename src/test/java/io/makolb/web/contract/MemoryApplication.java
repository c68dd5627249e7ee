package io.makolb.web.contract;

import io.makolb.balancer.HostAddresses;
import io.makolb.model.Address;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.MemoryPlane;
import io.makolb.plane.PlaneLimits;
import io.makolb.store.Retention;
import io.makolb.store.SqliteStore;
import io.makolb.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The application as it ships, on a plane in memory, with a store and addresses of its own. It bears no stereotype, lest other
 * tests find it when they scan.
 */
@EnableAutoConfiguration
@ConfigurationPropertiesScan("io.makolb")
@ComponentScan(
        basePackages = "io.makolb",
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @ComponentScan.Filter(
                    type = FilterType.REGEX,
                    pattern = "io\\.makolb\\.(Mako|plane\\.PlaneConfiguration|machine\\.MachineConfiguration"
                            + "|store\\.StoreConfiguration)")
        })
class MemoryApplication {

    /** The default number of VIPs, with rings that are quick to build. */
    static final PlaneLimits LIMITS = new PlaneLimits(512, 4096, 131_072, 4099, 6, 10_000);

    /** An address of "this machine". */
    static final Address OWN = Address.parse("10.255.0.1");

    @Bean
    MemoryKernel kernel() {
        return new MemoryKernel(LIMITS, "eth0");
    }

    @Bean
    ForwardingPlane memoryPlane(MemoryKernel kernel) {
        return new MemoryPlane(kernel);
    }

    @Bean
    Store temporaryStore() throws IOException {
        return new SqliteStore(Files.createTempDirectory("mako-contract").resolve("mako.db"), Retention.DEFAULT);
    }

    @Bean
    HostAddresses ownAddresses() {
        return () -> Set.of(OWN);
    }
}
