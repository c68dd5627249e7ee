package io.makolb.plane;

/** What is pinned was made by another version of Mako, or with other sizes. It forwards on, and nothing of it was changed. */
public final class ForeignLayoutException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    ForeignLayoutException(PinDirectory pins, String difference, String remedy) {
        super(
                "The plane pinned at " + pins.path() + " " + difference + ". It forwards on as it is.",
                remedy + " Or, to build it anew: stop Mako and remove " + pins.path()
                        + " with everything in it; until Mako runs again nothing is balanced, and flows that rely on the"
                        + " connection table move.",
                null);
    }
}
