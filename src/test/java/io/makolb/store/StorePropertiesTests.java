package io.makolb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StorePropertiesTests {

    private static StoreProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("mako.store", StoreProperties.class);
    }

    @Test
    void thereIsASafePlaceByDefault() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new StoreProperties(StoreProperties.Type.SQLITE, Path.of("/var/lib/mako/mako.db"), 10_000, 0));
    }

    @Test
    void everyPropertyIsBound() {
        assertThat(bind(Map.of(
                        "mako.store.type", "sqlite",
                        "mako.store.path", "/srv/x.db",
                        "mako.store.keep-revisions", "500",
                        "mako.store.keep-days", "90")))
                .isEqualTo(new StoreProperties(StoreProperties.Type.SQLITE, Path.of("/srv/x.db"), 500, 90));
    }

    @Test
    void anotherTypeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("mako.store.type", "etcd"))).isInstanceOf(BindException.class);
    }

    @ParameterizedTest
    @CsvSource({"keep-revisions, 0", "keep-revisions, -1", "keep-days, -1"})
    void aHistoryThatCannotBeKeptIsRefusedByName(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of("mako.store." + property, value)))
                .rootCause()
                .hasMessageContaining("mako.store." + property + " is " + value);
    }
}
