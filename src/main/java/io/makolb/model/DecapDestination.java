package io.makolb.model;

/**
 * An address at which tunnels end.
 *
 * @param mode what becomes of what was inside
 */
public record DecapDestination(DecapMode mode) {

    /** What a destination is of which nothing else was said. */
    public static final DecapDestination DEFAULT = new DecapDestination(DecapMode.INLINE);
}
