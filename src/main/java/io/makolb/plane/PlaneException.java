package io.makolb.plane;

import org.jspecify.annotations.Nullable;

/** The kernel refused something. The message is a sentence that says what was tried, on what, and why it failed. */
public class PlaneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * A failure.
     *
     * @param message a sentence with the remedy, where there is one
     * @param errno the kernel's error number, or 0
     */
    public PlaneException(String message, int errno, @Nullable Throwable cause) {
        super(message, cause);
        this.errno = errno;
    }

    /** The kernel's error number, or 0. */
    public int errno() {
        return errno;
    }
}
