package io.makolb;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The control plane of the Mako layer-4 load balancer. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Mako {

    /** Starts the control plane. */
    public static void main(String[] args) {
        SpringApplication.run(Mako.class, args);
    }
}
