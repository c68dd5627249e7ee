package io.makolb.balancer;

/**
 * Whether the balancer can be given traffic: packets obey the configuration, and there is an interface through which they come.
 *
 * @param trouble why not, as a sentence; empty when it can
 */
public record Readiness(boolean ready, String trouble) {

    /** It can. */
    public static final Readiness READY = new Readiness(true, "");

    static Readiness not(String trouble) {
        return new Readiness(false, trouble);
    }
}
