package io.makolb.model;

/** That health checks to a destination are counted by themselves. There is nothing more to say of it. */
public record Counted() {

    /** The one there is. */
    public static final Counted COUNTED = new Counted();
}
