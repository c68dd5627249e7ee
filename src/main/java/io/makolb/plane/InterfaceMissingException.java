package io.makolb.plane;

/** A configured interface does not exist. */
public final class InterfaceMissingException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    InterfaceMissingException(String interfaceName, String present) {
        super(
                "There is no network interface '" + interfaceName + "'; there are " + present + ".",
                "Name the interface that faces the router with mako.dataplane.interfaces.",
                null);
    }
}
