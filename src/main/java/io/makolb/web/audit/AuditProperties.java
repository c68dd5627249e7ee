package io.makolb.web.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The record of all writes.
 *
 * @param path file that requests are recorded in, one JSON object a line; by default audit.jsonl beside the store
 * @param maxFileSize a larger file is put aside and a new one begun; 1KB to 1GB
 * @param keepFiles how many files that were put aside are kept, 1 to 20; the oldest goes first
 */
@ConfigurationProperties("mako.audit")
record AuditProperties(
        @Nullable Path path,
        @DefaultValue("10MB") DataSize maxFileSize,
        @DefaultValue("10") int keepFiles) {

    private static final DataSize SMALLEST = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST = DataSize.ofGigabytes(1);
    private static final int MOST_FILES = 20;

    AuditProperties {
        if (maxFileSize.compareTo(SMALLEST) < 0 || maxFileSize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("mako.audit.max-file-size is " + maxFileSize.toBytes()
                    + " bytes: give a size from 1KB to 1GB, such as 10MB");
        }
        if (keepFiles < 1 || keepFiles > MOST_FILES) {
            throw new IllegalArgumentException(
                    "mako.audit.keep-files is " + keepFiles + ": give a number from 1 to " + MOST_FILES);
        }
        if (path != null && (path.toString().contains("%") || path.toString().contains("\\"))) {
            throw new IllegalArgumentException(
                    "mako.audit.path is " + path + ": give a path without percent signs and backslashes");
        }
    }

    /** The file, where the store lies in this one. */
    Path fileBeside(Path store) {
        return (path == null ? store.resolveSibling("audit.jsonl") : path).toAbsolutePath();
    }
}
