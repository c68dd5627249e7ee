package io.makolb.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the configuration is kept.
 *
 * @param type kind of store
 * @param path file of the SQLite store; its directory is created when it is missing
 */
@ConfigurationProperties("mako.store")
public record StoreProperties(
        @DefaultValue("sqlite") Type type,
        @DefaultValue("/var/lib/mako/mako.db") Path path) {

    /** Kinds of store. */
    public enum Type {
        /** One file on this machine. */
        SQLITE
    }
}
