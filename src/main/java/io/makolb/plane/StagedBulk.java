package io.makolb.plane;

/** A change of a {@link BulkTable} on its way. Each of these may be done again. */
interface StagedBulk {

    /** Lets packets obey it. */
    void switchOver();

    /**
     * Whether packets do, as far as it can be told without reading everything back.
     *
     * @return what does not stand there; empty: all does
     */
    String missing();

    /** Gives back what packets have not seen. */
    void abandon();
}
