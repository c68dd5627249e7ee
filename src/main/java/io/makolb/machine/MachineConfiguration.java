package io.makolb.machine;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.DataplaneDefaults;
import io.makolb.balancer.SwitchedOff;
import io.makolb.linux.SdNotify;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what watches the machine. */
@Configuration(proxyBeanMethods = false)
class MachineConfiguration {

    @Bean
    HostAddressBook hostAddresses() {
        return HostAddressBook.read();
    }

    @Bean
    MachineWatch machineWatch(Balancer balancer, DataplaneDefaults defaults, HostAddressBook addresses) {
        return new MachineWatch(
                balancer::observe,
                defaults.interfaces(),
                defaults.gateway().isEmpty(),
                addresses,
                MachineWatch.REFRESH);
    }

    @Bean
    ServiceManagerReport serviceManagerReport(Balancer balancer) {
        return new ServiceManagerReport(SdNotify.fromEnvironment(), balancer);
    }

    @Bean
    StartWarnings startWarnings(Balancer balancer, SwitchedOff switchedOff) {
        return new StartWarnings(balancer, switchedOff);
    }
}
