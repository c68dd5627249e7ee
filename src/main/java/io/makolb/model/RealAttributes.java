package io.makolb.model;

/**
 * What is true of a real whatever VIPs use it.
 *
 * @param local it is this machine itself; its packets can be handed to the host's own network stack
 */
public record RealAttributes(boolean local) {

    /** What holds for a real of which nothing was said. */
    public static final RealAttributes DEFAULT = new RealAttributes(false);
}
