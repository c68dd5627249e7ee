package io.makolb.balancer;

import io.makolb.model.ResourceKey;

/**
 * One resource that differs between two configurations.
 *
 * @param summary in what, where too much differs within it to be named one by one; else empty
 */
public record Difference(Kind kind, ResourceKey resource, String summary) {

    /** A resource of which nothing more is to be said. */
    public Difference(Kind kind, ResourceKey resource) {
        this(kind, resource, "");
    }

    /** In which way it differs. */
    public enum Kind {
        CREATED,
        CHANGED,
        DELETED
    }
}
