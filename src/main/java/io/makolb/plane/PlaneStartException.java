package io.makolb.plane;

import org.jspecify.annotations.Nullable;

/** The plane cannot be opened: what is wrong, and what to do about it. Packets are forwarded as before. */
public class PlaneStartException extends PlaneException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    PlaneStartException(String description, String action, @Nullable Throwable cause) {
        this(description, action, 0, cause);
    }

    PlaneStartException(String description, String action, int errno, @Nullable Throwable cause) {
        super(description + " " + action, errno, cause);
        this.description = description;
        this.action = action;
    }

    /** What is wrong, in one sentence. */
    public String description() {
        return description;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
