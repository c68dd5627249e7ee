package io.makolb.store;

import io.makolb.model.BulkKind;
import io.makolb.model.BulkTags;
import io.makolb.model.Configuration;
import io.makolb.model.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All that a store holds.
 *
 * @param storeId identity of the store, given when it was created
 * @param revision of the last commit; 0 = none yet
 * @param configuration what the operator wants
 * @param tags revision of the last change to each resource of which something was said
 * @param bulkTags the same of resources of which there can be millions
 * @param configFile digest of the configuration file that was applied last; absent: none ever was
 */
public record Loaded(
        UUID storeId,
        long revision,
        Configuration configuration,
        Map<ResourceKey, Long> tags,
        Map<BulkKind<?>, BulkTags> bulkTags,
        Optional<String> configFile) {

    public Loaded {
        tags = Map.copyOf(tags);
        bulkTags = Map.copyOf(bulkTags);
    }
}
