package io.makolb.web.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the API.
 *
 * @param requireIfMatch whether every write must carry If-Match, or If-None-Match to create
 * @param writeTimeout how long an answer is waited for; after it nobody knows the outcome
 */
@ConfigurationProperties("mako.api")
public record ApiProperties(
        @DefaultValue("false") boolean requireIfMatch,
        @DefaultValue("30s") Duration writeTimeout) {

    public ApiProperties {
        if (writeTimeout.isZero() || writeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "mako.api.write-timeout is " + writeTimeout + ": give a positive duration such as 30s");
        }
    }
}
