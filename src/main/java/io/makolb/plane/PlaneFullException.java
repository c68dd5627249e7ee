package io.makolb.plane;

import io.makolb.model.BulkKind;

/** A limit of the plane, or the kernel's memory, does not hold what was to be staged. Nothing was changed. */
public final class PlaneFullException extends PlaneException {

    private static final long serialVersionUID = 1L;

    /** What has run out. */
    public enum Limit {
        VIPS("mako.dataplane.max-vips"),
        REALS("mako.dataplane.max-reals"),
        MEMBERSHIPS(""),
        SOURCE_ROUTES("mako.dataplane.max-source-routes"),
        SERVER_IDS(""),
        DECAP_DESTINATIONS("mako.dataplane.max-decap-destinations"),
        RING_SLOTS(""),
        HEALTHCHECK_MARKS("mako.dataplane.max-reals"),
        HEALTHCHECK_KEYS("mako.dataplane.max-vips"),
        KERNEL_MEMORY("");

        private final String property;

        Limit(String property) {
            this.property = property;
        }

        /** The limit of resources of which there can be millions. */
        public static Limit of(BulkKind<?> kind) {
            return kind == BulkKind.SOURCE_ROUTES ? SOURCE_ROUTES : SERVER_IDS;
        }

        /** The property that raises it; empty when there is none. */
        public String property() {
            return property;
        }
    }

    private final Limit limit;
    private final int used;
    private final int size;

    /**
     * A limit that was met.
     *
     * @param used how many are in use now
     * @param size how many there can be
     */
    public PlaneFullException(Limit limit, int used, int size, String message, int errno) {
        super(message, errno, null);
        this.limit = limit;
        this.used = used;
        this.size = size;
    }

    /** What has run out. */
    public Limit limit() {
        return limit;
    }

    /** How many are in use. */
    public int used() {
        return used;
    }

    /** How many there can be. */
    public int size() {
        return size;
    }
}
