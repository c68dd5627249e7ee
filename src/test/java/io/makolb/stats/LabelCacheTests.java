package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelCacheTests {

    private final List<String> made = new ArrayList<>();
    private final LabelCache<String, String> cache = new LabelCache<>(key -> {
        made.add(key);
        return key.toUpperCase(Locale.ROOT);
    });

    @Test
    void labelsAreMadeOnce() {
        assertThat(cache.of("a")).isEqualTo("A").isSameAs(cache.of("a"));
        assertThat(made).containsExactly("a");
    }

    @Test
    void whatIsGoneIsForgotten() {
        cache.of("a");
        cache.of("b");

        cache.retain(Set.of("b"));
        cache.of("a");
        cache.of("b");

        assertThat(made).containsExactly("a", "b", "a");
    }
}
