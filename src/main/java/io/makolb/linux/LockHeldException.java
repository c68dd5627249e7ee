package io.makolb.linux;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another process holds the lock on a directory; the message names it. */
public final class LockHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long process;

    LockHeldException(Path directory, OptionalLong process) {
        super("The directory " + directory + " is in use by " + describe(process) + ".");
        this.process = process.orElse(0);
    }

    /** The holder's process id; empty when it is invisible from here, such as outside a container. */
    public OptionalLong process() {
        return process > 0 ? OptionalLong.of(process) : OptionalLong.empty();
    }

    private static String describe(OptionalLong process) {
        if (process.isEmpty()) {
            return "another process, which cannot be seen from here";
        }
        long pid = process.getAsLong();
        return "process " + pid
                + ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().command())
                        .map(command -> " (" + command + ")")
                        .orElse("");
    }
}
