package io.makolb.balancer;

import io.makolb.model.ResourceKey;

/** One resource that differs between two configurations. */
public record Difference(Kind kind, ResourceKey resource) {

    /** In which way it differs. */
    public enum Kind {
        CREATED,
        CHANGED,
        DELETED
    }
}
