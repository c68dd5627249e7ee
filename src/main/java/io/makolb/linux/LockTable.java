package io.makolb.linux;

import java.util.List;
import java.util.OptionalLong;

/** Reads {@code /proc/locks}, see proc_locks(5). */
final class LockTable {

    private static final int KIND = 1;
    private static final int PROCESS = 4;
    private static final int FILE = 5;
    private static final int FIELDS = 8;

    private LockTable() {}

    /**
     * The process that holds a {@code flock} lock on a file.
     *
     * @param device {@code st_dev} of the file
     * @return empty when nobody does, or somebody whom this process's PID namespace does not show
     */
    static OptionalLong holder(List<String> lines, long device, long inode) {
        String file = "%02x:%02x:%d".formatted(major(device), minor(device), inode);
        return lines.stream()
                // A second field "->" marks those that wait for the lock.
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length >= FIELDS && fields[KIND].equals("FLOCK") && fields[FILE].equals(file))
                .mapToLong(fields -> Long.parseLong(fields[PROCESS]))
                .filter(process -> process > 0)
                .findFirst();
    }

    /** {@code gnu_dev_major}. */
    private static long major(long device) {
        return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
    }

    /** {@code gnu_dev_minor}. */
    private static long minor(long device) {
        return (device & 0xff) | ((device >>> 12) & 0xffffff00L);
    }
}
