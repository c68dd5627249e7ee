package io.makolb.web.guard;

/** The API would be reachable from the network without authentication. */
final class OpenToNetworkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The address is in words. */
    OpenToNetworkException(String address) {
        super("server.address is " + address + ": the API has no authentication and would be open to the network.");
    }
}
