package io.makolb.store;

/**
 * How much of the history is kept; the newest revision always is.
 *
 * @param revisions at most so many, 1 or more
 * @param days none that is older, counted from the newest; 0 = however old
 */
public record Retention(int revisions, int days) {

    /** What a store does that was told nothing else. */
    public static final Retention DEFAULT = new Retention(10_000, 0);

    public Retention {
        if (revisions < 1) {
            throw new IllegalArgumentException(
                    "mako.store.keep-revisions is " + revisions + ": give 1 or more; 1 keeps the newest alone");
        }
        if (days < 0) {
            throw new IllegalArgumentException(
                    "mako.store.keep-days is " + days + ": give a number of days, or 0 to keep revisions however old");
        }
    }
}
