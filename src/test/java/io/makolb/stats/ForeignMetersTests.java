package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForeignMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void filter() {
        registry.config().meterFilter(new ForeignMeters());
    }

    @Test
    void metersWithImproperNamesAreLeftOut() {
        registry.counter("process.cpu.time").increment();
        registry.counter("tomcat.sessions.created").increment();

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void metersThatOnlyBeginAlikeStay() {
        registry.counter("process.cpu.timeouts").increment();

        assertThat(registry.get("process.cpu.timeouts").counter().count()).isEqualTo(1);
    }

    @Test
    void aPathIsTheTemplateThatThePublishedDescriptionHas() {
        Counter requests = registry.counter(
                "http.server.requests", "uri", "/api/v1/vips/{vip}/reals/{address:(?!edits$).*}", "method", "PUT");

        assertThat(requests.getId().getTag("uri")).isEqualTo("/api/v1/vips/{vip}/reals/{address}");
        assertThat(requests.getId().getTag("method")).isEqualTo("PUT");
    }

    @Test
    void everyMeterHasADescription() {
        Counter bare = registry.counter("http.server.requests", "method", "GET");
        Counter described =
                Counter.builder("other.things").description("Things").register(registry);

        assertThat(bare.getId().getDescription()).isEqualTo("HTTP requests that were answered");
        assertThat(bare.getId().getTag("method")).isEqualTo("GET");
        assertThat(described.getId().getDescription()).isEqualTo("Things");
        assertThat(registry.counter("some.meter").getId().getDescription()).isEqualTo("some meter");
    }
}
