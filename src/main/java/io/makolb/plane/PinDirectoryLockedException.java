package io.makolb.plane;

import io.makolb.linux.LockHeldException;

/** Another process owns the plane in this directory. */
public final class PinDirectoryLockedException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    PinDirectoryLockedException(LockHeldException cause) {
        super(
                String.valueOf(cause.getMessage()),
                "Stop that process first: one Mako serves all interfaces of a machine. Another one needs its own"
                        + " mako.dataplane.pin-path and other interfaces.",
                cause);
    }
}
