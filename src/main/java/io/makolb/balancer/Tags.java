package io.makolb.balancer;

import io.makolb.model.ResourceKey;
import java.util.Map;

/** For every resource the revision of its last change: the source of ETags. Immutable. */
public interface Tags {

    /** Revision of the last change to a resource that exists; 0 when nothing was ever said of it. */
    long of(ResourceKey resource);

    /** All of them, for the store. */
    Map<ResourceKey, Long> all();
}
