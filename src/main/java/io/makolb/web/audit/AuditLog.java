package io.makolb.web.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of all writes. A line that the disk does not take goes to the log instead and is counted; no request fails or waits for
 * it, because the forwarding plane is more important than its record.
 */
final class AuditLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /** Nothing but printable ASCII reaches the file: no sender can make lines of his own, or turn a reader's terminal upside down. */
    private static final JsonMapper LINES =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final RotatingFile file;
    private long last;
    private boolean torn;
    private long written;
    private long lost;

    /**
     * Continues what is there.
     *
     * @param maxSize of a file, before it is put aside
     * @param kept files put aside
     */
    AuditLog(Path path, DataSize maxSize, int kept) {
        file = new RotatingFile(path, maxSize, kept);
        try {
            List<AuditEntry> newest = latest(Long.MAX_VALUE, 1, entry -> true);
            last = newest.isEmpty() ? 0 : newest.get(0).number();
            torn = endsWithinALine(path);
        } catch (IOException e) {
            LOG.warn("The audit file {} cannot be read, so its numbers begin anew: {}.", path, e.toString());
        }
    }

    /** A process that died while it wrote left half a line. */
    private static boolean endsWithinALine(Path path) throws IOException {
        try (RandomAccessFile reading = new RandomAccessFile(path.toFile(), "r")) {
            if (reading.length() == 0) {
                return false;
            }
            reading.seek(reading.length() - 1);
            return reading.read() != '\n';
        }
    }

    /**
     * Appends an entry.
     *
     * @param entry makes it, given its number
     */
    synchronized void append(LongFunction<AuditEntry> entry) {
        last++;
        String line = LINES.writeValueAsString(entry.apply(last));
        if (file.append(torn ? "\n" + line : line)) {
            torn = false;
            written++;
            return;
        }
        torn = true;
        lost++;
        LOG.warn("The audit file {} does not take this: {} The reason: {}.", file.file(), line, file.trouble());
    }

    /** Why entries are not recorded; empty while they are. */
    String trouble() {
        return file.trouble();
    }

    /** Where they are recorded. */
    Path path() {
        return file.file();
    }

    /** Entries recorded since the start. */
    synchronized long written() {
        return written;
    }

    /** Entries that the file did not take since the start. */
    synchronized long lost() {
        return lost;
    }

    /**
     * Entries, newest first. Lines that are no entries are left out: what a full disk or a sudden end has cut off.
     *
     * @param before only entries with lower numbers
     * @param limit at most so many
     * @param wanted which
     */
    List<AuditEntry> latest(long before, int limit, Predicate<AuditEntry> wanted) throws IOException {
        Page page = new Page(before, limit, wanted);
        for (Path part : file.files()) {
            try {
                if (!BackwardLines.read(part, page::take)) {
                    break;
                }
            } catch (NoSuchFileException e) {
                LOG.trace("{} is not there yet, or not any more", part, e);
            }
        }
        return page.found;
    }

    private static final class Page {
        private final int limit;
        private final Predicate<AuditEntry> wanted;
        private final List<AuditEntry> found = new ArrayList<>();

        /** Numbers only fall; a file that is put aside while it is read is met again under its new name. */
        private long below;

        Page(long before, int limit, Predicate<AuditEntry> wanted) {
            this.below = before;
            this.limit = limit;
            this.wanted = wanted;
        }

        boolean take(String line) {
            AuditEntry entry = parse(line);
            if (entry != null && entry.number() < below) {
                below = entry.number();
                if (wanted.test(entry)) {
                    found.add(entry);
                }
            }
            return found.size() < limit;
        }

        private static @Nullable AuditEntry parse(String line) {
            try {
                return LINES.readValue(line, AuditEntry.class);
            } catch (JacksonException e) {
                LOG.debug("A line of the audit file is no entry: {}", e.getOriginalMessage());
                return null;
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
