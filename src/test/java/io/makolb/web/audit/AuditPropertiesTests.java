package io.makolb.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class AuditPropertiesTests {

    private static AuditProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("mako.audit", AuditProperties.class);
    }

    @Test
    void theFileLiesBesideTheStoreByDefault() {
        assertThat(bind(Map.of())).isEqualTo(new AuditProperties(null, DataSize.ofMegabytes(10), 10));
        assertThat(bind(Map.of()).fileBeside(Path.of("/srv/mako/mako.db"))).isEqualTo(Path.of("/srv/mako/audit.jsonl"));
    }

    @Test
    void everyPropertyIsBound() {
        AuditProperties bound = bind(Map.of(
                "mako.audit.path", "/var/log/mako/audit.log",
                "mako.audit.max-file-size", "1MB",
                "mako.audit.keep-files", "3"));

        assertThat(bound)
                .isEqualTo(new AuditProperties(Path.of("/var/log/mako/audit.log"), DataSize.ofMegabytes(1), 3));
        assertThat(bound.fileBeside(Path.of("/srv/mako.db"))).isEqualTo(Path.of("/var/log/mako/audit.log"));
    }

    @ParameterizedTest
    @CsvSource({
        "max-file-size, 1023",
        "max-file-size, 2GB",
        "keep-files, 0",
        "keep-files, 21",
        "path, /var/log/%d.log",
        "path, /var/log/a\\b"
    })
    void whatCannotWorkIsRefusedByName(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of("mako.audit." + property, value)))
                .rootCause()
                .hasMessageContaining("mako.audit." + property + " is ");
    }
}
