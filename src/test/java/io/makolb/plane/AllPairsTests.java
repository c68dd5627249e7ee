package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.AllPairs.Factor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllPairsTests {

    private static final List<Factor> FACTORS = List.of(
            new Factor("colour", List.of("red", "green", "blue")),
            new Factor("size", List.of("small", "large")),
            new Factor("shape", List.of("round", "flat", "long", "bent")),
            new Factor("taste", List.of("sweet", "sour")),
            new Factor("price", List.of("low", "high")));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyTwoValuesMeetInFewRows(long seed) {
        List<Map<String, String>> rows = AllPairs.rows(FACTORS, new Random(seed));

        assertThat(AllPairs.pairs(FACTORS))
                .hasSize(6 + 12 + 8 + 6 + 4 + 8 + 6 + 4 + 8 + 4)
                .allSatisfy(pair -> {
                    String first = FACTORS.get(pair.first()).name();
                    String second = FACTORS.get(pair.second()).name();
                    assertThat(rows)
                            .anyMatch(row -> row.get(first).equals(pair.firstValue())
                                    && row.get(second).equals(pair.secondValue()));
                });
        // Twelve cannot be less; all combinations would be ninety-six.
        assertThat(rows).hasSizeBetween(12, 20);
        assertThat(AllPairs.rows(FACTORS, new Random(seed))).isEqualTo(rows);
    }
}
