package io.makolb.stats;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Labels of things that come and go: made once for each, forgotten with it. For one thread at a time. */
final class LabelCache<K, L> {

    private final Map<K, L> labels = new HashMap<>();
    private final Function<K, L> make;

    /**
     * An empty cache.
     *
     * @param make labels of one thing; {@link Labels} sort and check their names when they are made, which is what costs
     */
    LabelCache(Function<K, L> make) {
        this.make = make;
    }

    L of(K key) {
        return labels.computeIfAbsent(key, make);
    }

    void retain(Set<K> present) {
        if (labels.size() != present.size()) {
            labels.keySet().retainAll(present);
        }
    }
}
