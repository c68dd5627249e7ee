package io.makolb.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the configuration is kept, and how much of its history.
 *
 * @param type kind of store
 * @param path file of the SQLite store; its directory is created when it is missing
 * @param keepRevisions how many past revisions are kept; older ones are removed with the next changes
 * @param keepDays revisions that are older than so many days are removed with the next changes; 0 = however old
 */
@ConfigurationProperties("mako.store")
public record StoreProperties(
        @DefaultValue("sqlite") Type type,
        @DefaultValue("/var/lib/mako/mako.db") Path path,
        @DefaultValue("10000") int keepRevisions,
        @DefaultValue("0") int keepDays) {

    /** Kinds of store. */
    public enum Type {
        /** One file on this machine. */
        SQLITE
    }

    public StoreProperties {
        new Retention(keepRevisions, keepDays);
    }

    Retention retention() {
        return new Retention(keepRevisions, keepDays);
    }
}
