package io.makolb.store;

import io.makolb.model.Configuration;
import io.makolb.model.ResourceKey;
import java.util.Map;
import java.util.UUID;

/**
 * All that a store holds.
 *
 * @param storeId identity of the store, given when it was created
 * @param revision of the last commit; 0 = none yet
 * @param configuration what the operator wants
 * @param tags revision of the last change to each resource of which something was said
 */
public record Loaded(UUID storeId, long revision, Configuration configuration, Map<ResourceKey, Long> tags) {

    public Loaded {
        tags = Map.copyOf(tags);
    }
}
