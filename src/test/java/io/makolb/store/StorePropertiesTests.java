package io.makolb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
                .isEqualTo(new StoreProperties(StoreProperties.Type.SQLITE, Path.of("/var/lib/mako/mako.db")));
    }

    @Test
    void everyPropertyIsBound() {
        assertThat(bind(Map.of("mako.store.type", "sqlite", "mako.store.path", "/srv/x.db")))
                .isEqualTo(new StoreProperties(StoreProperties.Type.SQLITE, Path.of("/srv/x.db")));
    }

    @Test
    void anotherTypeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("mako.store.type", "etcd"))).isInstanceOf(BindException.class);
    }
}
