package io.makolb.linux;

import com.sun.jna.Native;

/**
 * A system call that the kernel refused. The message is one sentence with the operation, its target, the reason in words
 * and, where there is one, the remedy.
 */
public class LinuxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    LinuxException(String operation, String target, int errno, String remedy) {
        super(("Cannot " + operation + " " + target + ": " + Libc.strerror(errno) + " (" + Errno.nameOf(errno) + "). "
                        + remedy)
                .strip());
        this.errno = errno;
    }

    LinuxException(String operation, String target, int errno) {
        this(operation, target, errno, errno == Errno.EPERM.code() ? "The process lacks the privilege for it." : "");
    }

    /** The failure of the system call made last on this thread. */
    static LinuxException last(String operation, String target) {
        return new LinuxException(operation, target, Native.getLastError());
    }

    /** The positive error number of {@code errno.h}. */
    public int errno() {
        return errno;
    }

    /** Whether privileges are missing (EPERM, EACCES). */
    public boolean isPermission() {
        return is(Errno.EPERM) || is(Errno.EACCES);
    }

    /** Whether the file, route or neighbour does not exist (ENOENT, ESRCH). */
    public boolean isNotFound() {
        return is(Errno.ENOENT) || is(Errno.ESRCH);
    }

    /** Whether the interface does not exist (ENODEV). */
    public boolean isNoDevice() {
        return is(Errno.ENODEV);
    }

    /** Whether this kernel or its configuration lacks the function (ENOSYS, EOPNOTSUPP, EINVAL). */
    public boolean isNotSupported() {
        return is(Errno.ENOSYS) || is(Errno.EOPNOTSUPP) || is(Errno.EINVAL);
    }

    private boolean is(Errno expected) {
        return errno == expected.code();
    }
}
