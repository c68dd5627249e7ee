package io.makolb.web.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the stream of events.
 *
 * @param heartbeat how long a stream may be silent: then a comment is sent, by which both sides notice that the other is gone
 * @param maxStreams streams that may be open at the same time; each has a thread
 */
@ConfigurationProperties("mako.events")
public record EventProperties(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("32") int maxStreams) {

    public EventProperties {
        if (heartbeat.isZero() || heartbeat.isNegative()) {
            throw new IllegalArgumentException(
                    "mako.events.heartbeat is " + heartbeat + ": give a positive duration such as 15s");
        }
        if (maxStreams < 0) {
            throw new IllegalArgumentException(
                    "mako.events.max-streams is " + maxStreams + ": give 1 or more, or 0 for no streams");
        }
    }
}
