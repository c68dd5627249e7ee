package io.makolb.balancer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the comparison of kernel and configuration.
 *
 * @param interval how often they are compared; 0 = only when somebody asks
 */
@ConfigurationProperties("mako.drift")
public record DriftProperties(@DefaultValue("1m") Duration interval) {

    public DriftProperties {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("mako.drift.interval is " + interval
                    + ": give a duration such as 1m, or 0 to compare only when asked");
        }
    }
}
