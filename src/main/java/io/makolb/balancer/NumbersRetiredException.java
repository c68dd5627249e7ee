package io.makolb.balancer;

/** There are numbers enough, but some that are needed are retired: their connections must be purged first. */
final class NumbersRetiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NumbersRetiredException(String message) {
        super(message, null, false, false);
    }
}
