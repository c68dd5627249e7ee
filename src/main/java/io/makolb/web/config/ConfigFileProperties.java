package io.makolb.web.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The configuration as a file.
 *
 * @param configFile a document as of {@code GET /api/v1/config}, applied at the start when it is another than the one applied last
 */
@ConfigurationProperties("mako")
record ConfigFileProperties(@Nullable Path configFile) {

    /** The file; absent: there is none. An empty value, as an environment file has it, names none. */
    Optional<Path> path() {
        return Optional.ofNullable(configFile).filter(path -> !path.toString().isEmpty());
    }
}
