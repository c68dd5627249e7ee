package io.makolb.model;

/** How a ring is generated. The order is part of the kernel layout: append only. */
public enum HashFunction {
    /** Maglev that respects any weights. */
    MAGLEV_V2,
    /** Katran's default: weights count only in absolute slots of the first pass. */
    MAGLEV
}
