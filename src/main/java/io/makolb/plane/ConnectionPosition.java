package io.makolb.plane;

/**
 * A place in the connection tables. It stays good while connections come and go: those that stay keep their places.
 *
 * @param table number of the table
 * @param entry number of the entry in it
 */
public record ConnectionPosition(int table, long entry) {

    /** The first entry of the first table. */
    public static final ConnectionPosition BEGIN = new ConnectionPosition(0, 0);

    public ConnectionPosition {
        if (table < 0 || entry < 0) {
            throw new IllegalArgumentException("no place is before the first");
        }
    }
}
