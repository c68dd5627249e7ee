package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoChoicePlacementTests {

    @ParameterizedTest
    @CsvSource({"256, 2, 256, 1", "512, 2, 512, 2", "64, 4, 128, 3", "512, 2, 860, 4", "4096, 4, 12000, 5"})
    void everyEntryStandsWhereLookUpsFindIt(int buckets, int perBucket, int entries, long seed) {
        long[] hashes = new Random(seed).longs(entries).toArray();

        int[] slots = new TwoChoicePlacement(buckets, perBucket, hashes).place();

        BitSet placed = new BitSet();
        for (int slot = 0; slot < slots.length; slot++) {
            int entry = slots[slot];
            if (entry == TwoChoicePlacement.EMPTY) {
                continue;
            }
            placed.set(entry);
            int bucket = slot / perBucket;
            int first = TwoChoicePlacement.firstBucket(hashes[entry], buckets);
            if (bucket != first) {
                assertThat(bucket).isEqualTo(TwoChoicePlacement.secondBucket(hashes[entry], buckets));
                assertThat(Arrays.copyOfRange(slots, first * perBucket, (first + 1) * perBucket))
                        .as("first bucket of an entry that stands in its second")
                        .doesNotContain(TwoChoicePlacement.EMPTY);
            }
        }
        assertThat(placed.cardinality()).isEqualTo(entries);
    }

    @Test
    void moreEntriesThanTwoBucketsHoldAreRefused() {
        long[] hashes = {7, 7, 7, 7, 7};

        assertThatExceptionOfType(PlaneException.class)
                .isThrownBy(() -> new TwoChoicePlacement(16, 2, hashes).place())
                .withMessageContaining("5 entries");
    }

    @Test
    void theHashIsTheOneOfTheProgram() {
        // Computed with mix() of bpf/hash.h, compiled by itself.
        assertThat(TwoChoicePlacement.mix(0, 0, 0)).isZero();
        assertThat(TwoChoicePlacement.mix(0x1122334455667788L, 0x99aabbccddeeff00L, 1))
                .isEqualTo(0xba123cb9337ac30aL);
    }
}
