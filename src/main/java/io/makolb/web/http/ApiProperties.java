package io.makolb.web.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the API.
 *
 * @param requireIfMatch whether every write must carry If-Match, or If-None-Match to create
 * @param maxBulkBytes longest body of source routes, server ids or connections as lines of JSON
 * @param writeTimeout how long an answer is waited for, and ten times as long for source routes and server ids that are replaced or
 *     edited; after it nobody knows the outcome
 */
@ConfigurationProperties("mako.api")
public record ApiProperties(
        @DefaultValue("false") boolean requireIfMatch,
        @DefaultValue("30s") Duration writeTimeout,
        @DefaultValue("512MB") DataSize maxBulkBytes) {

    public ApiProperties {
        if (maxBulkBytes.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "mako.api.max-bulk-bytes is " + maxBulkBytes + ": give a size such as 512MB");
        }
        if (writeTimeout.isZero() || writeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "mako.api.write-timeout is " + writeTimeout + ": give a positive duration such as 30s");
        }
    }
}
