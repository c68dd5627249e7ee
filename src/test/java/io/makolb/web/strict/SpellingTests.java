package io.makolb.web.strict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTests {

    private static final List<String> FLAGS = List.of("NO_SPORT", "NO_LRU", "DPORT_HASH", "HASH_SRC_DST_PORT");

    @ParameterizedTest
    @CsvSource({"NO_SPROT, NO_SPORT", "no-lru, NO_LRU", "dportHash, DPORT_HASH", "NOLRU, NO_LRU"})
    void findsWhatWasMeant(String mistyped, String meant) {
        assertThat(Spelling.nearest(mistyped, FLAGS)).contains(meant);
    }

    @Test
    void namesAllWhenNothingIsNear() {
        assertThat(Spelling.remedy("QUIC", FLAGS)).isEqualTo("Known: DPORT_HASH, HASH_SRC_DST_PORT, NO_LRU, NO_SPORT.");
        assertThat(Spelling.remedy("x", List.of())).isEqualTo("None is known here.");
    }

    @Test
    void prefersTheNearest() {
        assertThat(Spelling.nearest("dryrun", List.of("dryRun", "dryRuns"))).contains("dryRun");
    }
}
